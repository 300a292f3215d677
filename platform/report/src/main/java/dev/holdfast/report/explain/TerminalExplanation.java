package dev.holdfast.report.explain;

import dev.holdfast.core.Gap;
import dev.holdfast.core.SafeText;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import dev.holdfast.scan.explain.Explanation;
import dev.holdfast.scan.explain.Explanation.Case;
import dev.holdfast.scan.explain.Explanation.Line;

/** The answer to "why?" for people. */
public final class TerminalExplanation {
    private TerminalExplanation() {}

    public static String render(Explanation explanation, Ink ink) {
        StringBuilder out = new StringBuilder(1_024);
        out.append(ink.bold(SafeText.of(explanation.sentence()))).append('\n');
        boolean several = explanation.cases().size() > 1;
        for (Case one : explanation.cases()) {
            if (several) {
                out.append('\n')
                        .append("  ")
                        .append(ink.bold(SafeText.of(one.sentence())))
                        .append('\n');
            }
            for (Line line : one.lines()) {
                out.append("  ").append(ink.dim(Columns.left(line.label(), 9))).append(' ');
                out.append(SafeText.of(line.text())).append('\n');
            }
        }
        for (Gap gap : explanation.gaps()) {
            out.append("  ").append(ink.warn(Columns.left("gap", 9))).append(' ');
            out.append(SafeText.of(gap.subject() + ": " + gap.detail())).append('\n');
        }
        return out.toString();
    }
}
