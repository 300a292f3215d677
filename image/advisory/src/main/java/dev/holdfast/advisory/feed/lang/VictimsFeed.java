package dev.holdfast.advisory.feed.lang;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.FeedText;
import dev.holdfast.advisory.feed.PackageNames;
import dev.holdfast.advisory.feed.Yaml;
import dev.holdfast.advisory.feed.range.AffectedVersions;
import dev.holdfast.advisory.feed.range.VersionSet;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Severity;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.version.Scheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Victims CVE database: {@code database/java/YYYY/N.yaml} and {@code database/python/YYYY/N.yaml}, YAML.
 *
 * <pre>
 * cve              2009-0217
 * cvss_v2 _v3      base scores as numbers
 * affected[]
 *   groupId, artifactId   or  name (Python)
 *   version[]      affected:      condition { "," series }
 *   fixedin[]      not affected, and the fix
 *   unaffected[]   not affected
 * condition = ( "&lt;=" | "&lt;" | ">=" | ">" | "==" ) version
 * series    = what a version must begin with, besides
 * </pre>
 *
 * <p>{@code <=2.5.6,2} is thus from the first pre-release of 2 to 2.5.6, {@code >=4.1.0.Beta1,4} from there to before 5. Affected is
 * what {@code version} holds and the other two lists do not.
 */
public final class VictimsFeed implements Feed {
    @Override
    public String name() {
        return "victims";
    }

    @Override
    public boolean recognises(String path, byte[] head) {
        if (!FeedText.fileName(path).matches("\\d+\\.ya?ml")) {
            return false;
        }
        String text = FeedText.headText(head);
        return (text.startsWith("cve:") || text.contains("\ncve:")) && !text.contains("\ngem:");
    }

    @Override
    public void read(FeedFile file, FactSink facts) throws InputException, IOException {
        JsonValue record = Yaml.parse(FeedText.bytes(file), file.limits());
        String id = "CVE-" + record.get("cve").text().orElse("").strip();
        if (!FeedText.isCve(id)) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    file.path() + ": not a Victims record: \"cve\" is not like 2009-0217");
        }
        facts.accept(new Advisory(
                id, Advisory.Kind.VULNERABILITY, List.of(), List.of(), "", "", false, ratings(record), List.of()));
        for (JsonValue affected : record.get("affected").elements()) {
            state(file.path(), id, affected, facts);
        }
    }

    private static void state(String where, String id, JsonValue affected, FactSink facts) {
        boolean isPython = affected.get("artifactId").isAbsent();
        String name = isPython
                ? PackageNames.normalised("pypi", text(affected, "name"))
                : text(affected, "groupId") + ":" + text(affected, "artifactId");
        Scheme scheme = isPython ? Scheme.PYPI : Scheme.MAVEN;
        Optional<VersionSet> versions = anyOf(scheme, affected.get("version"));
        Optional<VersionSet> fixed = anyOf(scheme, affected.get("fixedin"));
        Optional<VersionSet> unaffected = anyOf(scheme, affected.get("unaffected"));
        if (!FeedText.isName(name) || versions.isEmpty() || fixed.isEmpty() || unaffected.isEmpty()) {
            facts.dropped(where, id + ": an affected entry has no name, or a version condition that cannot be read");
            return;
        }
        VersionSet open =
                versions.get().intersect(fixed.get().union(unaffected.get()).complement());
        if (open.isEmpty()) {
            facts.dropped(where, id + ": no version of " + name + " is left affected");
            return;
        }
        facts.accept(AffectedVersions.patchedBy(open, fixed.get()).stated(id, isPython ? "pypi" : "maven", name));
    }

    private static Optional<VersionSet> anyOf(Scheme scheme, JsonValue conditions) {
        List<Range> ranges = new ArrayList<>();
        for (String condition : conditions.texts()) {
            Optional<Range> range = range(scheme, condition.strip());
            if (range.isEmpty()) {
                return Optional.empty();
            }
            ranges.add(range.get());
        }
        return VersionSet.of(scheme, ranges);
    }

    private static Optional<Range> range(Scheme scheme, String condition) {
        int comma = condition.indexOf(',');
        String comparison =
                comma < 0 ? condition : condition.substring(0, comma).strip();
        String series = comma < 0 ? "" : condition.substring(comma + 1).strip();
        int end = 0;
        while (end < comparison.length() && "<>=".indexOf(comparison.charAt(end)) >= 0) {
            end++;
        }
        String version = comparison.substring(end).strip();
        if (version.isEmpty()) {
            return Optional.empty();
        }
        return switch (comparison.substring(0, end)) {
            case "<=" -> Optional.of(new Range(start(scheme, series), true, version, true));
            case "<" -> Optional.of(new Range(start(scheme, series), true, version, false));
            case ">=" -> Optional.of(new Range(version, true, end(scheme, series), false));
            case ">" -> Optional.of(new Range(version, false, end(scheme, series), false));
            case "==" -> Optional.of(new Range(version, true, version, true));
            default -> Optional.empty();
        };
    }

    /** Below every version that begins with the series. */
    private static String start(Scheme scheme, String series) {
        String plain = series.endsWith("-") || series.endsWith(".") ? series.substring(0, series.length() - 1) : series;
        if (plain.isEmpty() || !Character.isDigit(plain.charAt(plain.length() - 1))) {
            return plain;
        }
        return plain + (scheme == Scheme.PYPI ? ".dev0" : "-alpha");
    }

    /** Above every version that begins with the series; nothing for a series that does not end with a number. */
    private static String end(Scheme scheme, String series) {
        int digits = series.length();
        while (digits > 0 && Character.isDigit(series.charAt(digits - 1))) {
            digits--;
        }
        String number = series.substring(digits);
        if (number.isEmpty() || number.length() > 9) {
            return "";
        }
        return start(scheme, series.substring(0, digits) + (Integer.parseInt(number) + 1));
    }

    private static List<Rating> ratings(JsonValue record) {
        for (String version : List.of("cvss_v3", "cvss_v2")) {
            String score = text(record, version);
            if (score.matches("\\d{1,2}(\\.\\d{1,4})?")) {
                return List.of(new Rating(
                        "victims",
                        "",
                        Severity.ofScore(Double.parseDouble(score)).word()));
            }
        }
        return List.of();
    }

    private static String text(JsonValue record, String name) {
        return record.get(name).text().map(String::strip).orElse("");
    }
}
