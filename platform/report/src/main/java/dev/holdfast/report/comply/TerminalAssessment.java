package dev.holdfast.report.comply;

import dev.holdfast.comply.Assessment;
import dev.holdfast.comply.Assessment.ClauseResult;
import dev.holdfast.comply.Assessment.State;
import dev.holdfast.comply.Observation;
import dev.holdfast.core.Gap;
import dev.holdfast.core.SafeText;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import java.util.List;

/** An assessment for people: the sentence, what is contradicted with its proof, and the rest by clause. */
public final class TerminalAssessment {
    private static final int PROOFS_SHOWN = 3;
    /** The longest id is hostProbesAndHostLifecycle. */
    private static final int ID_WIDTH = 28;

    private static final int GAPS_SHOWN = 5;
    private static final int PLACE_WIDTH = 40;

    private final Assessment assessment;
    private final Ink ink;
    private final boolean showsAll;
    private final StringBuilder out = new StringBuilder(4_096);

    private TerminalAssessment(Assessment assessment, Ink ink, boolean showsAll) {
        this.assessment = assessment;
        this.ink = ink;
        this.showsAll = showsAll;
    }

    /** @param showsAll every observation, and the clauses that cannot be shown one by one */
    public static String render(Assessment assessment, Ink ink, boolean showsAll) {
        TerminalAssessment view = new TerminalAssessment(assessment, ink, showsAll);
        view.head();
        view.contradicted();
        view.clauses(State.PROVEN);
        view.clauses(State.SUPPORTED);
        view.notShown();
        view.gaps();
        return view.out.toString();
    }

    private void head() {
        out.append(ink.bold(assessment.framework().title())).append("   evidence from ");
        out.append(Columns.count(assessment.inputs().size(), "input"))
                .append(", ")
                .append(assessment.at())
                .append("\n\n");
        for (String line : Columns.wrap(assessment.sentence(), Columns.WIDTH - 2)) {
            out.append("  ").append(line).append('\n');
        }
    }

    private void contradicted() {
        for (ClauseResult result : of(State.CONTRADICTED)) {
            out.append('\n');
            line(result, ink.bad("contradicted"));
            List<Observation> failures = result.evidence().stream()
                    .filter(one -> one.outcome() == Observation.Outcome.FAIL)
                    .toList();
            int shown = showsAll ? failures.size() : Math.min(PROOFS_SHOWN, failures.size());
            for (Observation one : failures.subList(0, shown)) {
                String place = one.place().isEmpty() ? one.input() : one.input() + ":" + one.place();
                String where = Columns.middle(place, PLACE_WIDTH);
                String what = one.detail().contains(one.subject()) ? one.detail() : one.subject() + ": " + one.detail();
                out.append("      ").append(where).append("  ");
                out.append(ink.dim(Columns.cut(what, Columns.WIDTH - 8 - where.length())))
                        .append('\n');
            }
            if (shown < failures.size()) {
                out.append(ink.dim("      and " + (failures.size() - shown) + " more"))
                        .append('\n');
            }
        }
    }

    private void clauses(State state) {
        List<ClauseResult> results = of(state);
        if (!results.isEmpty()) {
            out.append('\n');
            results.forEach(result -> line(result, state == State.PROVEN ? ink.good("proven") : ink.warn("supported")));
        }
    }

    private void line(ClauseResult result, String state) {
        out.append("  ")
                .append(Columns.left(result.clause().id(), ID_WIDTH))
                .append(state)
                .append("  ");
        out.append(Columns.cut(result.clause().text(), 56)).append('\n');
        if (showsAll) {
            out.append(ink.dim("      "
                            + Columns.cut(
                                    result.reason() + "   " + String.join(", ", result.checks()), Columns.WIDTH - 6)))
                    .append('\n');
        }
    }

    private void notShown() {
        List<ClauseResult> results = of(State.NOT_SHOWN);
        if (results.isEmpty()) {
            return;
        }
        out.append("\n  cannot be shown by this tool from these inputs: ")
                .append(results.size())
                .append('\n');
        if (showsAll) {
            for (ClauseResult result : results) {
                out.append("  ")
                        .append(Columns.left(result.clause().id(), ID_WIDTH))
                        .append(Columns.cut(result.clause().text(), 50));
                out.append('\n')
                        .append(ink.dim("      " + Columns.cut(result.reason(), Columns.WIDTH - 6)))
                        .append('\n');
            }
        } else {
            out.append(ink.dim("  why, clause by clause: --all")).append('\n');
        }
    }

    private void gaps() {
        List<Gap> gaps = assessment.gaps();
        if (gaps.isEmpty()) {
            return;
        }
        out.append("\n  could not see ").append(gaps.size()).append('\n');
        for (Gap gap : gaps.subList(0, showsAll ? gaps.size() : Math.min(GAPS_SHOWN, gaps.size()))) {
            out.append("    ")
                    .append(Columns.cut(SafeText.of(gap.subject() + ": " + gap.detail()), Columns.WIDTH - 4))
                    .append('\n');
        }
    }

    private List<ClauseResult> of(State state) {
        return assessment.results().stream()
                .filter(result -> result.state() == state)
                .toList();
    }
}
