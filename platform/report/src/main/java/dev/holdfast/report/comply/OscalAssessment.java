package dev.holdfast.report.comply;

import dev.holdfast.comply.Assessment;
import dev.holdfast.comply.Assessment.ClauseResult;
import dev.holdfast.comply.Observation;
import dev.holdfast.core.json.JsonWriter;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Writes an assessment as NIST OSCAL assessment results 1.1.2. A clause that evidence speaks to is a finding with a target of type
 * {@code objective-id}; its status is {@code satisfied} when it is proven for these inputs and else {@code not-satisfied} with the reason
 * {@code fail} or {@code other}. A clause that cannot be shown is no finding: it is left out of the reviewed controls and named in the
 * remarks. Every identifier is made of what it stands for, so the same assessment gives the same document.
 */
public final class OscalAssessment {
    private static final String NAMESPACE = "https://holdfast.dev/ns/oscal";

    private final Assessment assessment;
    private final JsonWriter json;
    /** Each observation once, whatever clauses it speaks to. */
    private final Map<Observation, String> observations = new LinkedHashMap<>();

    private OscalAssessment(Assessment assessment, JsonWriter json) {
        this.assessment = assessment;
        this.json = json;
        for (ClauseResult result : assessment.results()) {
            result.evidence()
                    .forEach(one -> observations.computeIfAbsent(one, seen -> uuid("observation", seen.toString())));
        }
    }

    /** Writes the document and leaves the stream open. */
    public static void write(Assessment assessment, String version, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            new OscalAssessment(assessment, json).document(version);
        }
    }

    private void document(String version) {
        String at = assessment.at().toString();
        json.object(() -> json.object("assessment-results", () -> {
            json.text("uuid", uuid("document", assessment.sentence()));
            json.object("metadata", () -> {
                json.text("title", assessment.framework().title() + ": evidence");
                json.text("last-modified", at);
                json.text("version", version);
                json.text("oscal-version", "1.1.2");
                json.text("remarks", assessment.framework().note());
            });
            json.object(
                    "import-ap",
                    () -> json.text(
                            "href",
                            "#" + uuid("plan", assessment.framework().name().word())));
            json.array("results", () -> json.object(() -> result(at)));
        }));
    }

    private void result(String at) {
        json.text("uuid", uuid("result", assessment.sentence()));
        json.text("title", assessment.framework().title());
        json.text("description", assessment.sentence());
        json.text("start", at);
        json.text("end", at);
        json.object("reviewed-controls", () -> json.array("control-selections", () -> json.object(this::reviewed)));
        if (!observations.isEmpty()) {
            json.array(
                    "observations",
                    () -> observations.forEach((one, id) -> json.object(() -> observation(one, id, at))));
        }
        if (assessment.results().stream().anyMatch(OscalAssessment::isFinding)) {
            json.array(
                    "findings",
                    () -> assessment.results().stream()
                            .filter(OscalAssessment::isFinding)
                            .forEach(one -> json.object(() -> finding(one))));
        }
        json.text("remarks", remarks());
    }

    /** OSCAL knows no empty list: when evidence speaks to nothing, all clauses were reviewed without any. */
    private void reviewed() {
        List<ClauseResult> spoken =
                assessment.results().stream().filter(OscalAssessment::isFinding).toList();
        if (spoken.isEmpty()) {
            json.text("description", "No evidence of these inputs speaks to any clause.");
            json.object("include-all", () -> {});
        } else {
            json.text("description", "Clauses that evidence of these inputs speaks to.");
            json.array(
                    "include-controls",
                    () -> spoken.forEach(one -> json.object(() -> json.text("control-id", token(one)))));
        }
    }

    private void observation(Observation one, String id, String at) {
        json.text("uuid", id);
        json.text("title", one.check());
        json.text(
                "description",
                one.detail().isEmpty() ? one.check() + ": " + one.outcome().word() : one.detail());
        json.array(
                "props",
                () -> json.object(() -> {
                    json.text("name", "outcome");
                    json.text("ns", NAMESPACE);
                    json.text("value", one.outcome().word());
                }));
        json.array("methods", () -> json.element("TEST"));
        json.array(
                "relevant-evidence",
                () -> json.object(() -> {
                    String place = one.place().isEmpty() ? "" : ":" + one.place();
                    String digest = one.digest().isEmpty() ? "" : " (" + one.digest() + ")";
                    json.text("description", one.subject() + " in " + one.input() + place + digest);
                }));
        json.text("collected", at);
    }

    private void finding(ClauseResult result) {
        json.text("uuid", uuid("finding", result.clause().id()));
        json.text("title", result.clause().text());
        json.text("description", result.reason());
        json.object("target", () -> {
            json.text("type", "objective-id");
            json.text("target-id", token(result));
            json.object("status", () -> {
                json.text("state", result.state() == Assessment.State.PROVEN ? "satisfied" : "not-satisfied");
                if (result.state() != Assessment.State.PROVEN) {
                    json.text("reason", result.state() == Assessment.State.CONTRADICTED ? "fail" : "other");
                }
                json.text("remarks", result.state().word() + ": " + result.reason());
            });
        });
        json.array(
                "related-observations",
                () -> result.evidence()
                        .forEach(one ->
                                json.object(() -> json.text("observation-uuid", observations.getOrDefault(one, "")))));
    }

    private String remarks() {
        StringBuilder remarks = new StringBuilder(512);
        for (ClauseResult result : assessment.results()) {
            if (!isFinding(result)) {
                remarks.append(result.clause().id())
                        .append(": ")
                        .append(result.reason())
                        .append(". ");
            }
        }
        assessment
                .gaps()
                .forEach(gap -> remarks.append("Not seen: ")
                        .append(gap.subject())
                        .append(": ")
                        .append(gap.detail())
                        .append(". "));
        return remarks.isEmpty()
                ? "Evidence speaks to every clause."
                : remarks.toString().strip();
    }

    private static boolean isFinding(ClauseResult result) {
        return result.state() != Assessment.State.NOT_SHOWN;
    }

    /** OSCAL's tokens begin with a letter and have no brackets or colons. */
    private String token(ClauseResult result) {
        String raw =
                assessment.framework().name().word() + "_" + result.clause().id();
        return raw.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("-+$", "");
    }

    /** A name-based UUID of version 5's shape, over the framework, the moment and the thing. */
    private String uuid(String kind, String of) {
        String name =
                NAMESPACE + "/" + assessment.framework().name().word() + "/" + assessment.at() + "/" + kind + "/" + of;
        UUID digest = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        long versioned = (digest.getMostSignificantBits() & ~0xF000L) | 0x5000L;
        return new UUID(versioned, digest.getLeastSignificantBits()).toString();
    }
}
