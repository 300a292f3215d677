package dev.holdfast.advisory.feed.ubuntu;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.core.InputException;
import dev.holdfast.core.PackageUrl;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Canonical's own OSV records, {@code osv/cve/YYYY/UBUNTU-CVE-….json} and {@code osv/usn/USN-….json}: OSV 1.6/1.7 with these habits.
 *
 * <ul>
 *   <li>{@code UBUNTU-CVE-x} tells of {@code CVE-x} as it concerns Ubuntu, so the statements are made under the CVE. When Canonical
 *       withdraws a record it takes back what it said of Ubuntu, not the CVE: such a record only yields a withdrawn advisory under its
 *       own name.
 *   <li>{@code USN-x} is a bulletin; each {@code affected} lists its CVEs in {@code database_specific.cves_map.cves}.
 *   <li>The ecosystem is {@code Ubuntu:[Pro:]RELEASE[:LTS]}. The record's {@code purl} tells the pocket, {@code distro=esm-infra/xenial}
 *       or {@code distro=trusty/esm}. Variants ({@code Ubuntu:Pro:FIPS-updates:…}) are no base of container images and are left out.
 *   <li>A range without {@code fixed} is unfixed. The list of {@code versions} repeats the range and is left out beside one.
 *   <li>A {@code severity} of type {@code Ubuntu} is Canonical's priority.
 * </ul>
 */
public final class UbuntuOsv implements Feed {
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"(?:UBUNTU-CVE|USN|LSN)-");
    private static final Pattern ECOSYSTEM = Pattern.compile("Ubuntu:(Pro:)?(\\d\\d\\.\\d\\d)(?::LTS)?");

    @Override
    public String name() {
        return "ubuntu-osv";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        return FeedText.isJsonObject(head)
                && ID.matcher(FeedText.headText(head)).find();
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue record = Json.parse(file.bytes(), file.limits());
        String id = record.get("id").text().orElse("");
        if (!FeedText.isName(id)) {
            throw new InputException(InputException.Code.MALFORMED, file.path() + ": an OSV record without an id");
        }
        boolean isWithdrawn = !record.get("withdrawn").isAbsent();
        boolean isBulletin = !id.startsWith("UBUNTU-");
        List<String> flaws = isBulletin ? flaws(record.get("upstream")) : List.of(plain(id));
        facts.accept(new Advisory(
                isWithdrawn ? id : plain(id),
                Kind.VULNERABILITY,
                List.of(),
                isBulletin ? flaws : List.of(),
                FeedText.day(record.get("published").text().orElse("")),
                FeedText.day(record.get("modified").text().orElse("")),
                isWithdrawn,
                ratings(record.get("severity")),
                List.of()));
        if (!isWithdrawn) {
            for (JsonValue affected : record.get("affected").elements()) {
                readAffected(id, flaws, priority(record.get("severity")), affected, facts);
            }
        }
    }

    private static void readAffected(
            String id, List<String> flaws, String priority, JsonValue affected, FactSink facts) {
        String name = affected.at("package", "name").text().orElse("");
        String ecosystem = affected.at("package", "ecosystem").text().orElse("");
        Matcher release = ECOSYSTEM.matcher(ecosystem);
        if (!release.matches() || !FeedText.isName(name)) {
            if (!ecosystem.startsWith("Ubuntu:")) {
                facts.dropped(id, "affected without an Ubuntu package");
            }
            return;
        }
        String purl = affected.at("package", "purl").text().orElse("");
        Qualifiers qualifiers = new Qualifiers("", List.of(), pocket(purl, release.group(1) != null));
        List<JsonValue> mapped =
                affected.at("database_specific", "cves_map", "cves").elements();
        if (mapped.isEmpty()) {
            for (String flaw : flaws.isEmpty() ? List.of(id) : flaws) {
                facts.accept(statement(flaw, release.group(2), name, qualifiers, priority, affected));
            }
        }
        for (JsonValue flaw : mapped) {
            String cve = flaw.get("id").text().orElse("");
            if (FeedText.isName(cve)) {
                facts.accept(
                        statement(cve, release.group(2), name, qualifiers, priority(flaw.get("severity")), affected));
            }
        }
    }

    private static Statement statement(
            String flaw, String release, String name, Qualifiers qualifiers, String priority, JsonValue affected) {
        List<Range> ranges = new ArrayList<>();
        List<String> fixes = new ArrayList<>();
        for (JsonValue range : affected.get("ranges").elements()) {
            readEvents(range.get("events"), ranges, fixes);
        }
        return new Statement(
                flaw,
                UbuntuReleases.ofNumber(release),
                name,
                fixes.isEmpty() ? Status.UNFIXED : Status.FIXED,
                ranges.equals(List.of(Range.ALL)) ? List.of() : ranges,
                ranges.isEmpty() ? affected.get("versions").texts() : List.of(),
                fixes,
                qualifiers,
                priority);
    }

    /** Canonical writes the events of a range in order. */
    private static void readEvents(JsonValue events, List<Range> ranges, List<String> fixes) {
        Optional<String> from = Optional.empty();
        for (JsonValue event : events.elements()) {
            Optional<String> introduced = event.get("introduced").text();
            Optional<String> fixed = event.get("fixed").text();
            Optional<String> last = event.get("last_affected").text();
            if (introduced.isPresent()) {
                from = introduced.map(version -> version.equals("0") ? "" : version);
            } else if (from.isPresent() && (fixed.isPresent() || last.isPresent())) {
                ranges.add(new Range(from.get(), true, fixed.or(() -> last).get(), fixed.isEmpty()));
                fixed.ifPresent(fixes::add);
                from = Optional.empty();
            }
        }
        from.ifPresent(version -> ranges.add(new Range(version, true, "", false)));
    }

    private static String pocket(String purl, boolean isPro) {
        String pocket = pocketOf(PackageUrl.parse(purl)
                .map(it -> it.qualifiers().getOrDefault("distro", ""))
                .orElse(""));
        return pocket.isEmpty() && isPro ? "esm" : pocket;
    }

    /** {@code esm-infra} of {@code esm-infra/xenial}, {@code esm} of {@code trusty/esm}; empty for the release itself. */
    static String pocketOf(String distro) {
        int slash = distro.indexOf('/');
        return slash < 0 ? "" : distro.endsWith("/esm") ? "esm" : distro.substring(0, slash);
    }

    private static List<String> flaws(JsonValue upstream) {
        List<String> flaws = new ArrayList<>();
        for (String id : FeedText.identifiers(upstream.texts(), "")) {
            flaws.add(plain(id));
        }
        return flaws;
    }

    private static String plain(String id) {
        return id.startsWith("UBUNTU-CVE-") ? id.substring("UBUNTU-".length()) : id;
    }

    private static List<Rating> ratings(JsonValue severities) {
        List<Rating> ratings = new ArrayList<>();
        for (JsonValue severity : severities.elements()) {
            String score = severity.get("score").text().orElse("");
            Rating rating = severity.get("type").text().orElse("").startsWith("CVSS")
                    ? new Rating("ubuntu", score, "")
                    : new Rating("ubuntu", "", FeedText.word(score));
            if (!ratings.contains(rating)) {
                ratings.add(rating);
            }
        }
        return ratings;
    }

    private static String priority(JsonValue severities) {
        for (JsonValue severity : severities.elements()) {
            if (severity.get("type").text().orElse("").equals("Ubuntu")) {
                return FeedText.word(severity.get("score").text().orElse(""));
            }
        }
        return "";
    }
}
