package dev.holdfast.comply;

import dev.holdfast.comply.Observation.Outcome;
import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what scans of images found, as {@code scan --format json} writes it, and says what it shows: vulnerabilities, secrets, releases that
 * nobody supports any longer, and that the components are listed.
 *
 * <pre>
 *   { "schema": "holdfast-scan/1",
 *     "targets": [ { "target": { "given", "digest" }, "packages": [ … ], "gaps": [ … ],
 *                    "findings": [ { "id", "kind", "severity" } … ] } … ] }
 * </pre>
 *
 * <p>What a scan could not see may hold more of the same: beside a gap nothing is shown to be absent.
 */
public final class ScanEvidence {
    private static final String SCHEMA = "holdfast-scan/1";

    /** A vulnerability below is counted, and fails nothing. */
    private static final Severity THRESHOLD = Severity.HIGH;

    /** Findings that a sentence names. */
    private static final int MOST_NAMED = 5;

    /** The check, and by framework the clauses that it speaks to. */
    private enum Question {
        VULNERABILITIES(
                "scan-vulnerabilities",
                "vulnerability",
                Map.of(
                        "cis-docker", List.of("4.4"),
                        "nist-800-190", List.of("4.1.1"),
                        "pci-dss", List.of("6.3.1", "6.3.3"),
                        "gdpr", List.of("32(1)(d)"))),
        SECRETS(
                "scan-secrets",
                "secret",
                Map.of("cis-docker", List.of("4.10"), "nist-800-190", List.of("4.1.4"), "pci-dss", List.of("8.3.2"))),
        END_OF_LIFE(
                "scan-end-of-life",
                "end-of-life",
                Map.of("cis-docker", List.of("4.4"), "nist-800-190", List.of("4.1.1"), "pci-dss", List.of("6.3.3"))),
        COMPONENTS("scan-components", "", Map.of("pci-dss", List.of("6.3.2")));

        private final String check;
        private final String kind;
        private final Map<String, List<String>> clauses;

        Question(String check, String kind, Map<String, List<String>> clauses) {
            this.check = check;
            this.kind = kind;
            this.clauses = clauses;
        }
    }

    private final Limits limits;

    public ScanEvidence(Limits limits) {
        this.limits = limits;
    }

    /** The clauses of a framework that scans speak to, by check. */
    public static Map<String, List<String>> clauses(Framework.Name framework) {
        Map<String, List<String>> clauses = new TreeMap<>();
        for (Question question : Question.values()) {
            List<String> ids = question.clauses.getOrDefault(framework.word(), List.of());
            if (!ids.isEmpty()) {
                clauses.put(question.check, ids);
            }
        }
        return clauses;
    }

    /**
     * What a report shows.
     *
     * @param name the report, as it was given
     * @throws InputException when it is none
     */
    public List<Observation> read(byte[] report, String name) throws InputException {
        JsonValue root = Json.parse(report, limits);
        String schema = root.get("schema").text().orElse("");
        List<JsonValue> targets = root.get("targets").elements();
        if (!schema.equals(SCHEMA) || targets.isEmpty()) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    name + ": no report of a scan; expected " + SCHEMA + " about at least one image, found "
                            + (schema.isEmpty() ? "no schema" : schema) + "; scan --format json writes one");
        }
        String digest = Digest.sha256(report).toString();
        List<Observation> observations = new ArrayList<>();
        for (JsonValue target : targets) {
            for (Question question : Question.values()) {
                observations.add(observation(question, target, name, digest));
            }
        }
        return observations;
    }

    private static Observation observation(Question question, JsonValue target, String name, String digest) {
        String image = target.at("target", "given").text().orElse("image");
        Answer answer = question == Question.COMPONENTS ? components(target) : findings(question, target);
        return new Observation(question.check, answer.outcome, "image " + image, name, digest, "", answer.detail);
    }

    private record Answer(Outcome outcome, String detail) {}

    private static Answer components(JsonValue target) {
        int packages = target.get("packages").elements().size();
        return packages == 0
                ? new Answer(Outcome.NOT_ASSESSED, "the scan lists no components")
                : new Answer(Outcome.PASS, "the scan lists " + packages + " components");
    }

    private static Answer findings(Question question, JsonValue target) {
        List<String> failing = new ArrayList<>();
        int others = 0;
        for (JsonValue finding : target.get("findings").elements()) {
            if (!finding.get("kind").text().orElse("").equals(question.kind)) {
                continue;
            }
            boolean isBad = question != Question.VULNERABILITIES
                    || Severity.ofWord(finding.get("severity").text().orElse(""))
                            .filter(severity -> severity.atLeast(THRESHOLD))
                            .isPresent();
            if (isBad) {
                failing.add(finding.get("id").text().orElse("?"));
            } else {
                others++;
            }
        }
        if (!failing.isEmpty()) {
            return new Answer(Outcome.FAIL, failing.size() + " found: " + named(failing));
        }
        int gaps = target.get("gaps").elements().size();
        if (gaps > 0) {
            return new Answer(
                    Outcome.NOT_ASSESSED, "none found, but " + gaps + " parts of the image could not be seen");
        }
        String below = others == 0 ? "" : "; " + others + " below " + THRESHOLD.word();
        return new Answer(Outcome.PASS, "none found" + below);
    }

    private static String named(List<String> ids) {
        List<String> distinct = ids.stream().distinct().sorted().toList();
        String first = String.join(", ", distinct.subList(0, Math.min(MOST_NAMED, distinct.size())));
        return distinct.size() > MOST_NAMED ? first + ", …" : first;
    }
}
