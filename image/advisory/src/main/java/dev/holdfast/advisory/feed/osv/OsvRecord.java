package dev.holdfast.advisory.feed.osv;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.PackageNames;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One record of the Open Source Vulnerability schema (1.7), made into facts.
 *
 * <pre>
 * id, modified, published, withdrawn       texts; a withdrawn record stays, marked
 * aliases[], related[], upstream[]         identifiers
 * severity[] { type, score }               CVSS_V2, CVSS_V3, CVSS_V4: a vector; Ubuntu: a word
 * database_specific { severity, cwe_ids[] }
 * affected[]
 *   package { ecosystem, name }            {@link OsvEcosystem}
 *   ranges[] { type, events[] }            {@link OsvEvents}; type GIT names commits and is passed over
 *   versions[]                             single versions, beside the ranges
 *   severity[], ecosystem_specific, database_specific
 * </pre>
 *
 * <p>What a record of a language's database says stands under its own identifier, with its aliases. A distribution's record is a
 * bulletin, which closes several flaws with one update, or stands for one flaw under the distribution's name for it
 * ({@code UBUNTU-CVE-…}): both are stated under every CVE that it names (in {@code upstream}, {@code aliases} and {@code related}, which
 * the publishers use differently), so that one flaw is one finding whoever told of it. A bulletin without a CVE is stated under itself.
 */
public final class OsvRecord {
    /** OSV gives no date later than this; test data uses the year 3001 for a withdrawal that has not happened. */
    private static final String FAR_FUTURE = "2100-01-01";

    /** Each package is stated under each flaw. The largest bulletin has 74 packages and 111 flaws. */
    private static final int MAX_STATEMENTS = 100_000;

    private final String where;
    private final JsonValue record;
    private final FactSink facts;
    private final String id;
    private final String rater;
    private final List<String> cves;
    private final String vendorWord;
    private boolean speaksForDistribution;
    private int stated;

    private OsvRecord(String where, String id, JsonValue record, FactSink facts) {
        this.where = where;
        this.id = id;
        this.record = record;
        this.facts = facts;
        this.rater = OsvPublisher.of(id).rater();
        this.cves = cves(id, record);
        this.vendorWord = vendorWord(record);
    }

    /**
     * Reads a record.
     *
     * @throws InputException when it is none: no object with an identifier
     */
    public static void read(String where, JsonValue record, FactSink facts) throws InputException {
        String id = record.get("id").text().map(String::strip).orElse("");
        if (!FeedText.isName(id) || id.indexOf(' ') >= 0) {
            throw new InputException(
                    InputException.Code.MALFORMED, where + ": not an OSV record: it has no identifier in \"id\"");
        }
        new OsvRecord(where, id, record, facts).read();
    }

    private void read() throws InputException {
        for (JsonValue affected : record.get("affected").elements()) {
            state(affected);
        }
        facts.accept(advisory());
    }

    private void state(JsonValue affected) throws InputException {
        String ecosystemName = affected.at("package", "ecosystem").text().orElse("");
        String packageName = affected.at("package", "name").text().orElse("").strip();
        if (ecosystemName.isEmpty() || packageName.isEmpty()) {
            if (!affected.get("ranges").isAbsent() || !affected.get("versions").isAbsent()) {
                facts.dropped(where, id + ": an affected entry names no package");
            }
            return;
        }
        Optional<OsvEcosystem> ecosystem = OsvEcosystem.of(ecosystemName);
        if (ecosystem.isEmpty()) {
            facts.dropped(where, id + ": packages of ecosystem " + ecosystemName + " cannot be told apart");
            return;
        }
        String name = PackageNames.normalised(ecosystem.get().namespace(), packageName);
        if (!FeedText.isName(name)) {
            facts.dropped(where, id + ": an affected entry has a package name that cannot be one");
            return;
        }
        speaksForDistribution |= ecosystem.get().isDistribution();
        Optional<OsvVersions> versions = OsvVersions.of(ecosystem.get().scheme(), affected);
        if (versions.isEmpty()) {
            facts.dropped(
                    where, id + ": " + name + ": no version of it is said to be affected in a way that can be ordered");
            return;
        }
        if (!versions.get().isComplete()) {
            facts.dropped(where, id + ": " + name + ": a range of it cannot be ordered");
        }
        Map<String, String> flaws = flaws(ecosystem.get(), affected);
        stated += flaws.size();
        if (stated > MAX_STATEMENTS) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    where + ": a record of more than " + MAX_STATEMENTS + " packages and flaws");
        }
        for (Map.Entry<String, String> flaw : flaws.entrySet()) {
            facts.accept(statement(flaw.getKey(), flaw.getValue(), ecosystem.get(), name, affected, versions.get()));
        }
    }

    private Statement statement(
            String flaw,
            String vendorWord,
            OsvEcosystem ecosystem,
            String name,
            JsonValue affected,
            OsvVersions versions) {
        return new Statement(
                flaw,
                ecosystem.namespace(),
                name,
                versions.fixedIn().isEmpty() ? Status.UNFIXED : Status.FIXED,
                versions.ranges(),
                versions.single(),
                versions.fixedIn(),
                qualifiers(ecosystem, affected, versions),
                vendorWord);
    }

    /** The identifiers under which an entry is stated, each with the distribution's own grade of it. */
    private Map<String, String> flaws(OsvEcosystem ecosystem, JsonValue affected) {
        if (!ecosystem.isDistribution()) {
            return Map.of(id, "");
        }
        Map<String, String> flaws = new LinkedHashMap<>();
        // Ubuntu's notices say for each package which of the notice's flaws it had.
        for (JsonValue cve :
                affected.at("database_specific", "cves_map", "cves").elements()) {
            String flaw = cve.get("id").text().orElse("");
            if (FeedText.isCve(flaw)) {
                flaws.put(flaw, OsvRatings.word(cve.get("severity")));
            }
        }
        for (String flaw : flaws.isEmpty() ? cves : List.<String>of()) {
            flaws.put(flaw, vendorWord);
        }
        return flaws.isEmpty() ? Map.of(id, vendorWord) : flaws;
    }

    /** Every CVE that the record names as what it is about. */
    private static List<String> cves(String id, JsonValue record) {
        if (FeedText.isCve(id)) {
            return List.of(id);
        }
        Set<String> cves = new LinkedHashSet<>();
        withoutPrefix(id).ifPresent(cves::add);
        for (String list : List.of("upstream", "aliases", "related")) {
            for (String other : record.get(list).texts()) {
                if (FeedText.isCve(other)) {
                    cves.add(other);
                } else {
                    withoutPrefix(other).ifPresent(cves::add);
                }
            }
        }
        return List.copyOf(cves);
    }

    /** {@code CVE-2021-3782} of {@code UBUNTU-CVE-2021-3782}. */
    private static Optional<String> withoutPrefix(String id) {
        int cve = id.indexOf("-CVE-");
        return cve < 0 ? Optional.empty() : Optional.of(id.substring(cve + 1)).filter(FeedText::isCve);
    }

    private static Qualifiers qualifiers(OsvEcosystem ecosystem, JsonValue affected, OsvVersions versions) {
        // OSV has no field for an RPM module; its builds say "module" in their release, without the stream.
        boolean module = ecosystem.isDistribution() && versions.anyFixContains(".module");
        String repository = ecosystem.repository().equals("esm") ? ubuntuPro(affected) : ecosystem.repository();
        return module || !repository.isEmpty()
                ? new Qualifiers(module ? "?" : "", List.of(), repository)
                : Qualifiers.NONE;
    }

    /** Which of Ubuntu Pro's archives: the availability text or the package URL's {@code distro} says. */
    private static String ubuntuPro(JsonValue affected) {
        String availability =
                affected.at("ecosystem_specific", "availability").text().orElse("");
        String purl = affected.at("package", "purl").text().orElse("");
        if (availability.contains("Infra-only") || purl.contains("distro=esm-infra")) {
            return "esm-infra";
        }
        return purl.contains("distro=esm-apps") ? "esm-apps" : "esm";
    }

    /** The distribution's own grade: Ubuntu's among the severities, others at the start of the title ({@code Important: …}). */
    private static String vendorWord(JsonValue record) {
        String own = OsvRatings.word(record.get("severity"));
        return own.isEmpty() ? OsvRatings.titleWord(record.get("summary")) : own;
    }

    private Advisory advisory() {
        Set<String> aliases =
                new LinkedHashSet<>(FeedText.identifiers(record.get("aliases").texts(), id));
        Set<String> bundled = new LinkedHashSet<>();
        if (speaksForDistribution) {
            Optional<String> same = withoutPrefix(id);
            same.ifPresent(aliases::add);
            if (same.isEmpty() && aliases.isEmpty()) {
                bundled.addAll(cves);
                bundled.remove(id);
            }
        } else {
            bundled.addAll(FeedText.identifiers(record.get("upstream").texts(), id));
            bundled.removeAll(aliases);
        }
        return new Advisory(
                id,
                kind(),
                List.copyOf(aliases),
                List.copyOf(bundled),
                day("published"),
                day("modified"),
                isWithdrawn(),
                ratings(),
                OsvRatings.weaknesses(record));
    }

    private Advisory.Kind kind() {
        if (id.startsWith("MAL-")) {
            return Advisory.Kind.MALWARE;
        }
        for (JsonValue affected : record.get("affected").elements()) {
            Optional<String> informational =
                    affected.at("database_specific", "informational").text();
            if (informational.isPresent()) {
                return switch (informational.get()) {
                    case "unmaintained" -> Advisory.Kind.UNMAINTAINED;
                    case "unsound" -> Advisory.Kind.UNSOUND;
                    default -> Advisory.Kind.NOTICE;
                };
            }
        }
        return Advisory.Kind.VULNERABILITY;
    }

    private List<Rating> ratings() {
        List<Rating> ratings = OsvRatings.of(rater, record);
        if (ratings.isEmpty() && speaksForDistribution) {
            String word = OsvRatings.titleWord(record.get("summary"));
            return word.isEmpty() ? ratings : List.of(new Rating(rater, "", word));
        }
        return ratings;
    }

    private boolean isWithdrawn() {
        String day = day("withdrawn");
        return !day.isEmpty() && day.compareTo(FAR_FUTURE) < 0;
    }

    private String day(String name) {
        return FeedText.day(record.get(name).text().orElse(""));
    }
}
