package dev.holdfast.server.images;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.store.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a {@code holdfast-scan/1} report, as {@code holdfast scan --format json} prints it, for what it says of images:
 *
 * <pre>
 *   { "schema": "holdfast-scan/1", "database": { "digest" },
 *     "targets": [ { "target": { "digest" }, "findings": [ { "severity" } … ], "verdict": { "outcome", "sentence" } } … ] }
 * </pre>
 */
public final class ReportReader {
    private static final String SCHEMA = "holdfast-scan/1";

    private final Limits limits;
    private final Duration holds;

    /** @param holds how long a verdict says something */
    public ReportReader(Limits limits, Duration holds) {
        this.limits = limits;
        this.holds = holds;
    }

    /**
     * Where a report comes from.
     *
     * @param policy digest of what was asked; empty when that is not known
     * @param reporter who says so
     * @param received when the scan was made, as far as we know
     */
    public record Origin(String policy, String reporter, Instant received) {}

    /**
     * The verdicts of a report about images.
     *
     * @throws InputException when this is no such report, or an image in it has no digest
     */
    public List<Verdict> read(byte[] report, Origin origin) throws InputException {
        JsonValue root = root(report);
        List<Verdict> verdicts = new ArrayList<>();
        for (JsonValue target : root.get("targets").elements()) {
            Digest digest = Digest.parse(text(target.get("target"), "digest"))
                    .orElseThrow(() -> malformed("a target in it has no digest"));
            verdicts.add(verdict(digest, root, target, origin));
        }
        if (verdicts.isEmpty()) {
            throw malformed("it is about nothing");
        }
        return verdicts;
    }

    /** The verdict of a report about one image, whose digest somebody names beside it: of an archive it knows only the image's own id. */
    public List<Verdict> readOf(Digest digest, byte[] report, Origin origin) throws InputException {
        JsonValue root = root(report);
        List<JsonValue> targets = root.get("targets").elements();
        if (targets.size() != 1) {
            throw malformed("it is about " + targets.size() + " targets, one was named");
        }
        return List.of(verdict(digest, root, targets.getFirst(), origin));
    }

    private JsonValue root(byte[] report) throws InputException {
        JsonValue root = Json.parse(report, limits);
        if (!text(root, "schema").equals(SCHEMA)) {
            throw malformed("the schema is \"" + text(root, "schema") + "\", expected " + SCHEMA);
        }
        return root;
    }

    private Verdict verdict(Digest digest, JsonValue root, JsonValue target, Origin origin) throws InputException {
        return new Verdict(
                digest,
                outcome(text(target.get("verdict"), "outcome")),
                text(target.get("verdict"), "sentence"),
                origin.policy(),
                text(root.get("database"), "digest"),
                origin.reporter(),
                counts(target),
                origin.received(),
                origin.received().plus(holds));
    }

    private static Verdict.Counts counts(JsonValue target) throws InputException {
        Verdict.Counts counts = Verdict.Counts.NONE;
        for (JsonValue finding : target.get("findings").elements()) {
            String word = text(finding, "severity");
            counts = counts.and(
                    Severity.ofWord(word).orElseThrow(() -> malformed("a finding has the severity \"" + word + "\"")));
        }
        return counts;
    }

    private static Verdict.Outcome outcome(String word) throws InputException {
        return switch (word) {
            case "pass" -> Verdict.Outcome.PASS;
            case "fail" -> Verdict.Outcome.FAIL;
            case "could-not-tell" -> Verdict.Outcome.COULD_NOT_TELL;
            default -> throw malformed("the outcome is \"" + word + "\"");
        };
    }

    private static String text(JsonValue value, String key) {
        return value.get(key).text().orElse("");
    }

    private static InputException malformed(String what) {
        return new InputException(InputException.Code.MALFORMED, "no report of a scan: " + what);
    }
}
