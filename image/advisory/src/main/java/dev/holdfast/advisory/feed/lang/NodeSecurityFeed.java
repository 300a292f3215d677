package dev.holdfast.advisory.feed.lang;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.JsonHead;
import dev.holdfast.advisory.feed.range.AffectedVersions;
import dev.holdfast.advisory.feed.range.Requirement;
import dev.holdfast.advisory.feed.range.VersionSet;
import dev.holdfast.core.InputException;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.version.Scheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Node.js security working group's database, JSON: {@code vuln/npm/N.json} for npm packages (closed in 2020) and
 * {@code vuln/core/N.json} for Node.js itself.
 *
 * <pre>
 * npm                                     core
 * id            number                    (the file's name)
 * module_name                             (node)
 * cves[]                                  cve[]
 * vulnerable_versions, patched_versions   vulnerable, patched       npm ranges; patched null or "&lt;0.0.0": no fix
 * cvss_vector, cvss_score                 severity (a word), cvss (a vector, sometimes without "CVSS:")
 * publish_date, created_at, updated_at
 * </pre>
 *
 * <p>{@code index.json} beside them repeats them and is not read. Vulnerable ranges of the core name whole lines ({@code 14.x}), and some of npm name each branch from its beginning: affected is what is
 * vulnerable and not patched. An entry is known by its CVE, or by {@code NSWG-ECO-N} and {@code NSWG-COR-N}, the group's own names, which
 * are aliases where there is one CVE. Of an entry with several CVEs each is stated. The runtime is package {@code node} of namespace
 * {@code generic}.
 */
public final class NodeSecurityFeed implements Feed {
    /** The most that an entry has are 7. */
    private static final int MAX_IDENTIFIERS = 1_000;

    @Override
    public String name() {
        return "node-security-wg";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        if (!path.endsWith(".json") || !FeedText.isJsonObject(head)) {
            return false;
        }
        Set<String> members = JsonHead.members(head).keySet();
        boolean isNpm = members.contains("module_name")
                && (members.contains("created_at") || members.contains("vulnerable"))
                && !stem(path).equals("index");
        return isNpm || members.contains("vulnerable") && members.contains("cve") && isNumber(stem(path));
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue record = Json.parse(FeedText.bytes(file), file.limits());
        boolean isCore = record.get("module_name").isAbsent();
        String number = isCore ? stem(file.path()) : record.get("id").scalar().orElse("");
        String name =
                isCore ? "node" : record.get("module_name").text().orElse("").strip();
        String own = isNumber(number) ? (isCore ? "NSWG-COR-" : "NSWG-ECO-") + number : "";
        List<String> identifiers = identifiers(record, own);
        if (identifiers.isEmpty()
                || !FeedText.isName(name)
                || ranges(record, "vulnerable").isEmpty()) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    file.path()
                            + ": not an advisory of the Node.js security group: no number, no module or no vulnerable versions");
        }
        Optional<AffectedVersions> versions = versions(record);
        if (versions.isEmpty()) {
            facts.dropped(
                    file.path(),
                    identifiers.getFirst() + ": the vulnerable versions of " + name + " cannot be read, or are none");
        }
        for (String id : identifiers) {
            boolean isOther = identifiers.size() == 1 && !own.isEmpty() && !id.equals(own);
            facts.accept(advisory(record, id, isOther ? List.of(own) : List.of()));
            versions.ifPresent(found -> facts.accept(found.stated(id, isCore ? "generic" : "npm", name)));
        }
    }

    private static List<String> identifiers(JsonValue record, String own) {
        List<String> cves = new ArrayList<>(record.get("cves").texts());
        cves.addAll(record.get("cve").texts());
        cves.replaceAll(String::strip);
        cves.removeIf(cve -> !FeedText.isCve(cve));
        if (cves.isEmpty()) {
            cves.add(own);
        }
        return FeedText.identifiers(cves.size() > MAX_IDENTIFIERS ? cves.subList(0, 0) : cves, "");
    }

    /** The members are called {@code …_versions} in entries of npm. */
    private static Optional<String> ranges(JsonValue record, String name) {
        return record.get(name).text().or(() -> record.get(name + "_versions").text());
    }

    private static Optional<AffectedVersions> versions(JsonValue record) {
        Optional<VersionSet> vulnerable = ranges(record, "vulnerable").flatMap(Requirement::npm);
        Optional<String> patchedText = ranges(record, "patched");
        Optional<VersionSet> patched =
                patchedText.isEmpty() ? Optional.of(VersionSet.none(Scheme.NPM)) : Requirement.npm(patchedText.get());
        if (vulnerable.isEmpty() || patched.isEmpty()) {
            return Optional.empty();
        }
        VersionSet affected = vulnerable.get().intersect(patched.get().complement());
        return affected.isEmpty() ? Optional.empty() : Optional.of(AffectedVersions.patchedBy(affected, patched.get()));
    }

    private static Advisory advisory(JsonValue record, String id, List<String> aliases) {
        String published = FeedText.day(record.get("publish_date").text().orElse(""));
        return new Advisory(
                id,
                Advisory.Kind.VULNERABILITY,
                aliases,
                List.of(),
                published.isEmpty()
                        ? FeedText.day(record.get("created_at").text().orElse(""))
                        : published,
                FeedText.day(record.get("updated_at").text().orElse("")),
                false,
                ratings(record),
                List.of());
    }

    private static List<Rating> ratings(JsonValue record) {
        String vector = record.get("cvss_vector")
                .text()
                .or(() -> record.get("cvss").text())
                .orElse("")
                .strip();
        if (vector.indexOf('/') > 0) {
            String whole = Character.isDigit(vector.charAt(0)) ? "CVSS:" + vector : vector;
            return List.of(new Rating("node-security-wg", whole, ""));
        }
        String word = FeedText.word(record.get("severity").text().orElse(""));
        return word.isEmpty() ? List.of() : List.of(new Rating("node-security-wg", "", word));
    }

    private static String stem(String path) {
        String name = FeedText.fileName(path);
        return name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,9}");
    }
}
