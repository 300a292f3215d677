package dev.holdfast.scan.sarif;

import dev.holdfast.core.Evidence;
import dev.holdfast.core.Evidence.Step;
import dev.holdfast.core.Finding;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Severity;
import dev.holdfast.core.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One result of a run as a finding.
 *
 * <ul>
 *   <li>{@code kind} (3.27.9): {@code fail}, the default, counts; {@code open} and {@code review} count as not graded, because nobody has
 *       decided; {@code pass}, {@code notApplicable} and {@code informational} are no findings. {@code baselineState} {@code absent}
 *       (3.27.24) is one of the past.
 *   <li>Severity: {@code security-severity} of the result or its rule, a CVSS-like number; else the level (3.27.10): the result's, the
 *       user's override, the rule's default, {@code warning}. {@code error} is high, {@code warning} medium, {@code note} low, {@code
 *       none} negligible.
 *   <li>Suppressed (3.27.23): it has suppressions, and none of them is rejected or under review.
 * </ul>
 */
final class SarifResult {
    private static final int MOST_TITLE = 300;

    private final JsonValue result;
    private final JsonValue rule;
    private final SarifRun run;
    private final int line;

    SarifResult(JsonValue result, JsonValue rule, SarifRun run, int line) {
        this.result = result;
        this.rule = rule;
        this.run = run;
        this.line = line;
    }

    static String ruleId(JsonValue result) {
        return result.get("ruleId")
                .text()
                .or(() -> result.at("rule", "id").text())
                .orElse("")
                .strip();
    }

    /** Empty for what is no finding. */
    Optional<Finding> finding() throws InputException {
        if (!(result instanceof JsonValue.JsonObject)) {
            throw SarifReader.wrong(line, "a result that is no object");
        }
        String kind = text(result, "kind");
        boolean isUndecided = kind.equals("open") || kind.equals("review");
        if (text(result, "baselineState").equals("absent") || !kind.isEmpty() && !kind.equals("fail") && !isUndecided) {
            return Optional.empty();
        }
        String given = ruleId(result);
        String id = given.isEmpty() ? text(rule, "id") : given;
        if (id.isEmpty()) {
            id = "unnamed";
        }
        Finding.Kind sort = sort(id);
        Grade grade = isUndecided ? new Grade(Severity.UNKNOWN, "", Optional.empty()) : grade(id);
        return Optional.of(new Finding(
                id,
                sort,
                List.of(),
                Optional.empty(),
                grade.severity(),
                grade.from(),
                grade.score(),
                Optional.empty(),
                Optional.empty(),
                isUndecided ? "under-investigation" : "unfixed",
                Optional.empty(),
                title(id, sort),
                places(),
                fix(),
                evidence(id)));
    }

    private String fix() {
        for (JsonValue fix : result.get("fixes").elements()) {
            String words = text(fix, "description", "text");
            if (!words.isEmpty()) {
                return cut(words);
            }
        }
        return "";
    }

    private Finding.Kind sort(String id) {
        TreeSet<String> tags = new TreeSet<>();
        rule.at("properties", "tags").texts().forEach(tag -> tags.add(tag.toLowerCase(Locale.ROOT)));
        result.at("properties", "tags").texts().forEach(tag -> tags.add(tag.toLowerCase(Locale.ROOT)));
        if (tags.contains("secret") || tags.contains("secrets")) {
            return Finding.Kind.SECRET;
        }
        if (tags.contains("misconfiguration") || tags.contains("iac")) {
            return Finding.Kind.MISCONFIGURATION;
        }
        if (tags.contains("license") || tags.contains("licence")) {
            return Finding.Kind.LICENCE;
        }
        boolean isFlaw = tags.contains("vulnerability") || id.startsWith("CVE-") || id.startsWith("GHSA-");
        return isFlaw ? Finding.Kind.VULNERABILITY : Finding.Kind.CODE;
    }

    /** How bad, who says so, and the number where there is one. */
    private record Grade(Severity severity, String from, Optional<Double> score) {}

    private Grade grade(String id) throws InputException {
        Optional<String> number = result.at("properties", "security-severity")
                .scalar()
                .or(() -> rule.at("properties", "security-severity").scalar());
        if (number.isPresent()) {
            double score = score(number.get());
            return new Grade(Severity.ofScore(score), run.tool() + " security-severity", Optional.of(score));
        }
        String own = text(result, "level");
        String level =
                own.isEmpty() ? run.override(id).orElseGet(() -> text(rule, "defaultConfiguration", "level")) : own;
        Severity severity = switch (level.isEmpty() ? "warning" : level) {
            case "error" -> Severity.HIGH;
            case "warning" -> Severity.MEDIUM;
            case "note" -> Severity.LOW;
            case "none" -> Severity.NEGLIGIBLE;
            default ->
                throw SarifReader.wrong(line, "\"" + level + "\" is no level; error, warning, note and none are");
        };
        return new Grade(severity, run.tool() + " level", Optional.empty());
    }

    private double score(String number) throws InputException {
        try {
            double score = Double.parseDouble(number);
            if (score >= 0 && score <= 10) {
                return score;
            }
        } catch (NumberFormatException none) {
            // told below, like a number out of range
        }
        throw SarifReader.wrong(line, "\"security-severity\" is \"" + number + "\", not a number from 0.0 to 10.0");
    }

    /** What a secret's message says may be the secret. */
    private String title(String id, Finding.Kind sort) {
        String words = sort == Finding.Kind.SECRET ? text(rule, "shortDescription", "text") : message();
        return words.isEmpty() ? id + ", found by " + run.tool() : cut(words);
    }

    /** 3.11: the text itself, or the rule's text with its placeholders filled. */
    private String message() {
        JsonValue message = result.get("message");
        String words = text(message, "text");
        if (words.isEmpty()) {
            String key = text(message, "id");
            words = text(rule, "messageStrings", key.isEmpty() ? "default" : key, "text");
        }
        List<String> arguments = message.get("arguments").texts();
        for (int i = 0; i < Math.min(10, arguments.size()); i++) {
            words = words.replace("{" + i + "}", arguments.get(i));
        }
        return words;
    }

    private static String cut(String words) {
        String line = words.strip().replaceAll("\\s+", " ");
        return line.length() <= MOST_TITLE ? line : line.substring(0, MOST_TITLE - 1) + "…";
    }

    private List<Finding.Place> places() {
        List<Finding.Place> places = new ArrayList<>();
        for (JsonValue location : result.get("locations").elements()) {
            JsonValue physical = location.get("physicalLocation");
            String path = decoded(run.uri(physical.get("artifactLocation")));
            if (path.isEmpty()) {
                List<JsonValue> logical = location.get("logicalLocations").elements();
                path = logical.isEmpty() ? "" : text(logical.getFirst(), "fullyQualifiedName");
            }
            long start = physical.at("region", "startLine").integer().orElse(0L);
            if (!path.isEmpty()) {
                places.add(new Finding.Place(path, -1, start > 0 && start < Integer.MAX_VALUE ? (int) start : 0));
            }
        }
        return places;
    }

    /** A URI reference as a path: percent-encoding undone (RFC 3986 2.1), the scheme of a file left out. */
    private static String decoded(String uri) {
        String text = uri.startsWith("file://") ? uri.substring("file://".length()) : uri;
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            boolean mayBe = text.charAt(i) == '%' && i + 2 < text.length();
            int high = mayBe ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = mayBe ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high >= 0 && low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(text.charAt(i)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private List<Evidence> evidence(String id) {
        List<Evidence> chain = new ArrayList<>();
        chain.add(new Evidence(Step.FILE, "reported by " + run.tool(), run.file() + ":" + line));
        String rulesWords = text(rule, "shortDescription", "text");
        String help = text(rule, "helpUri");
        if (!rulesWords.isEmpty() || !help.isEmpty()) {
            chain.add(new Evidence(
                    Step.ADVISORY, "rule " + id + (rulesWords.isEmpty() ? "" : ": " + cut(rulesWords)), help));
        }
        return chain;
    }

    /** Why the tool itself does not count it; empty when it does. */
    Optional<String> suppressed() {
        List<JsonValue> suppressions = result.get("suppressions").elements();
        String why = "";
        for (JsonValue suppression : suppressions) {
            String status = text(suppression, "status");
            if (!status.isEmpty() && !status.equals("accepted")) {
                return Optional.empty();
            }
            why = why.isEmpty() ? text(suppression, "justification") : why;
        }
        return suppressions.isEmpty()
                ? Optional.empty()
                : Optional.of(why.isEmpty() ? "suppressed where it was found" : cut(why));
    }

    private static String text(JsonValue value, String... path) {
        return value.at(path).text().map(String::strip).orElse("");
    }
}
