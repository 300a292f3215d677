package dev.holdfast.report.comply;

import dev.holdfast.comply.Assessment;
import dev.holdfast.comply.Assessment.ClauseResult;
import dev.holdfast.comply.Observation;
import dev.holdfast.report.form.HtmlPage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes an assessment as one {@link HtmlPage} for a person who asks for evidence. */
public final class HtmlAssessment {
    private final HtmlPage page;

    private HtmlAssessment(Assessment assessment) {
        page = new HtmlPage(assessment.framework().title() + ": evidence");
    }

    public static void write(Assessment assessment, String version, OutputStream to) throws IOException {
        HtmlAssessment view = new HtmlAssessment(assessment);
        view.head(assessment);
        view.clauses(assessment);
        view.evidence(assessment);
        view.inputs(assessment);
        view.page.paragraph("dim", "Holdfast " + version + ", looked at " + assessment.at());
        view.page.write(to);
    }

    private void head(Assessment assessment) {
        page.element("h1", assessment.framework().title());
        page.paragraph("dim", assessment.framework().note());
        page.paragraph("", assessment.sentence());
        page.paragraph(
                "",
                "This page is evidence towards the framework, for the inputs below. It is no statement about an organisation.");
    }

    private void clauses(Assessment assessment) {
        page.element("h2", "Clauses");
        page.filter();
        page.head("clause", "asks", "state", "why", "checks");
        for (ClauseResult result : assessment.results()) {
            page.row(() -> {
                page.cell("", result.clause().id());
                page.cell("", result.clause().text());
                page.cell(style(result.state()), result.state().word().replace('-', ' '));
                page.cell("dim", result.reason());
                page.cell("dim", String.join(", ", result.checks()));
            });
        }
        page.endTable();
    }

    private static String style(Assessment.State state) {
        return switch (state) {
            case PROVEN -> "";
            case SUPPORTED -> "medium";
            case CONTRADICTED -> "fail";
            case NOT_SHOWN -> "dim";
        };
    }

    private void evidence(Assessment assessment) {
        page.element("h2", "Evidence");
        page.filter();
        page.head("clause", "check", "outcome", "subject", "where", "what was seen");
        for (ClauseResult result : assessment.results()) {
            for (Observation one : result.evidence()) {
                page.row(() -> {
                    page.cell("", result.clause().id());
                    page.cell("", one.check());
                    page.cell(
                            one.outcome() == Observation.Outcome.FAIL ? "fail" : "dim",
                            one.outcome().word().replace('-', ' '));
                    page.cell("", one.subject());
                    page.cell("dim", one.place().isEmpty() ? one.input() : one.input() + ":" + one.place());
                    page.cell("", one.detail());
                });
            }
        }
        page.endTable();
    }

    private void inputs(Assessment assessment) {
        page.element("h2", "What was looked at");
        page.head("input", "digest");
        for (Assessment.Input input : assessment.inputs()) {
            page.row(() -> {
                page.cell("", input.given());
                page.cell("dim", input.digest());
            });
        }
        page.endTable();
        List<String> gaps = assessment.gaps().stream()
                .map(gap -> gap.subject() + ": " + gap.detail())
                .toList();
        if (!gaps.isEmpty()) {
            page.element("h2", "Could not see");
            page.list(gaps);
        }
    }
}
