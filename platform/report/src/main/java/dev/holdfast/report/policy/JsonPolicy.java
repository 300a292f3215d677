package dev.holdfast.report.policy;

import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.policy.Exemption;
import dev.holdfast.policy.Judged;
import dev.holdfast.policy.PolicyReport;
import dev.holdfast.policy.definition.Binding.Action;
import dev.holdfast.policy.definition.Refusal;
import dev.holdfast.policy.trial.PolicyTester.CaseResult;
import dev.holdfast.policy.trial.PolicyTester.TestResult;
import dev.holdfast.policy.typing.ExpressionWarning;
import dev.holdfast.report.form.DocumentParts;
import java.io.OutputStream;
import java.util.Locale;

/** Writes what policies came to as JSON of schema {@code holdfast-policy/1}. */
public final class JsonPolicy {
    private final JsonWriter json;

    private JsonPolicy(JsonWriter json) {
        this.json = json;
    }

    /** Writes one document and leaves the stream open. */
    public static void write(PolicyResults results, OutputStream out) {
        try (JsonWriter json = new JsonWriter(out)) {
            new JsonPolicy(json).document(results);
        }
    }

    private void document(PolicyResults results) {
        json.object(() -> {
            DocumentParts.head(json, "holdfast-policy/1", results.version());
            json.array("refused", () -> results.refusals().forEach(refusal -> json.object(() -> refusal(refusal))));
            if (!results.warnings().isEmpty()) {
                json.array("warnings", () -> results.warnings().forEach(each -> json.object(() -> warning(each))));
            }
            if (!results.tests().isEmpty()) {
                json.array("tests", () -> results.tests().forEach(test -> json.object(() -> test(test))));
            }
            results.judged().ifPresent(this::report);
        });
    }

    private void refusal(Refusal refusal) {
        json.text("kind", refusal.kind())
                .text("name", refusal.name())
                .text("place", refusal.place())
                .array(
                        "causes",
                        () -> refusal.causes()
                                .forEach(cause -> json.object(() -> json.text("field", cause.field())
                                        .text("reason", cause.reason())
                                        .text("message", cause.message()))));
    }

    private void warning(ExpressionWarning warning) {
        json.text("policy", warning.policy())
                .text("place", warning.place())
                .text("field", warning.field())
                .text("warning", warning.warning());
    }

    private void test(TestResult test) {
        json.text("file", test.test().file());
        json.array("cases", () -> test.cases().forEach(one -> json.object(() -> oneCase(one))));
        json.texts("untested", test.untested());
    }

    private void oneCase(CaseResult one) {
        json.text("name", one.given().name())
                .number("line", one.given().line())
                .text("status", one.isAsExpected() ? "pass" : "fail")
                .text("expected", one.given().expect().word());
        one.got().ifPresent(got -> json.text("got", got.word()));
        if (!one.said().isEmpty()) {
            json.text("message", one.said());
        }
    }

    /** The members of a report, into an object that is open. */
    private void report(PolicyReport report) {
        json.number("resources", report.resources());
        json.array("results", () -> report.judged().forEach(one -> json.object(() -> judged(one))));
        if (!report.notes().isEmpty()) {
            json.array("annotations", () -> report.notes().forEach(note -> json.object(() -> note(note))));
        }
        json.texts("idle", report.idle());
        json.array("exceptions", () -> {
            report.expired().forEach(exemption -> json.object(() -> exemption(exemption, "expired")));
            report.unmatched().forEach(exemption -> json.object(() -> exemption(exemption, "unmatched")));
        });
        DocumentParts.gaps(json, report.gaps());
        DocumentParts.verdict(
                json, report.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'), report.sentence());
    }

    private void note(PolicyReport.Note note) {
        json.text("subject", note.subject())
                .text("path", note.resource().path())
                .number("line", note.resource().line())
                .object("entries", () -> note.entries().forEach(json::text));
    }

    private void judged(Judged one) {
        json.text("policy", one.ruling().policy().name())
                .text("binding", one.ruling().binding().name())
                .text("status", one.ruling().outcome().name().toLowerCase(Locale.ROOT));
        json.texts(
                "actions",
                one.ruling().binding().actions().stream().map(Action::word).toList());
        if (one.ruling().index() >= 0) {
            json.number("validation", one.ruling().index());
        }
        json.text("subject", one.subject())
                .text("path", one.resource().path())
                .number("line", one.resource().line());
        if (!one.ruling().message().isEmpty()) {
            json.text("message", one.ruling().message());
        }
        one.exemption().ifPresent(exemption -> json.object("exception", () -> exemption(exemption, "used")));
    }

    private void exemption(Exemption exemption, String state) {
        json.text("state", state).text("place", exemption.place()).text("reason", exemption.reason());
        if (!exemption.owner().isEmpty()) {
            json.text("owner", exemption.owner());
        }
        exemption.expires().ifPresent(day -> json.text("expires", day.toString()));
    }
}
