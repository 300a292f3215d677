package dev.holdfast.report.compare;

import dev.holdfast.compare.Cause;
import dev.holdfast.compare.Cause.Side;
import dev.holdfast.compare.Comparison;
import dev.holdfast.compare.Comparison.Row;
import dev.holdfast.core.SafeText;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import dev.holdfast.scan.ScanReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Comparisons for people: for each report the sentence, the causes with their numbers, and examples of each. */
public final class TerminalComparison {
    /** So many rows of a cause are shown unless all are asked for. */
    private static final int EXAMPLES = 2;

    private static final int REASON = 88;

    private final ScanReport ours;
    private final Ink ink;
    private final boolean showsAll;
    private final StringBuilder out = new StringBuilder(4_096);

    private TerminalComparison(ScanReport ours, Ink ink, boolean showsAll) {
        this.ours = ours;
        this.ink = ink;
        this.showsAll = showsAll;
    }

    public static String render(ScanReport ours, List<Comparison> comparisons, Ink ink, boolean showsAll) {
        TerminalComparison view = new TerminalComparison(ours, ink, showsAll);
        boolean isFirst = true;
        for (Comparison comparison : comparisons) {
            view.out.append(isFirst ? "" : "\n");
            view.comparison(comparison);
            isFirst = false;
        }
        if (!showsAll && comparisons.stream().anyMatch(each -> each.rows().size() > EXAMPLES)) {
            view.out
                    .append(
                            "\n  every row: --all        for machines: --format json        one flaw in depth: holdfast explain ")
                    .append(SafeText.of(Columns.cut(ours.target().given(), 20)))
                    .append(" ID\n");
        }
        return view.out.toString();
    }

    private void comparison(Comparison comparison) {
        out.append(ink.bold(SafeText.of(ours.target().given())))
                .append("  beside ")
                .append(ink.bold(Columns.cut(comparison.tool(), 40)))
                .append("  ")
                .append(ink.dim(Columns.middle(comparison.file(), 40)))
                .append("\n\n");
        for (String line : Columns.wrap(sentence(comparison), Columns.WIDTH - 2)) {
            out.append("  ").append(line).append('\n');
        }
        if (!comparison.warning().isEmpty()) {
            for (String line : Columns.wrap("WARNING: " + comparison.warning(), Columns.WIDTH - 2)) {
                out.append("  ").append(ink.bad(line)).append('\n');
            }
        }
        side(comparison, Side.THEIRS, "only theirs");
        side(comparison, Side.OURS, "only ours");
        side(comparison, Side.BOTH, "both");
        side(comparison, Side.REPEATED, "repeated by them");
    }

    private static String sentence(Comparison comparison) {
        long both = comparison.count(Side.BOTH);
        long theirs = comparison.count(Side.THEIRS);
        long own = comparison.count(Side.OURS);
        if (theirs == 0 && own == 0) {
            return both == 0 ? "Neither reports anything." : "No disagreement: both report " + both + ".";
        }
        String severities = comparison.otherSeverities() == 0
                ? ""
                : " Of what both report, " + comparison.otherSeverities()
                        + (comparison.otherSeverities() == 1 ? " has" : " have") + " another severity.";
        return "Both report " + both + "; only they report " + theirs + mainCause(comparison, Side.THEIRS)
                + "; only we report " + own + mainCause(comparison, Side.OURS) + "." + severities;
    }

    private static String mainCause(Comparison comparison, Side side) {
        List<Map.Entry<Cause, Integer>> causes = causes(comparison, side);
        if (causes.isEmpty()) {
            return "";
        }
        Map.Entry<Cause, Integer> first = causes.getFirst();
        String number = causes.size() == 1 ? "" : first.getValue() + " × ";
        return " (" + (causes.size() == 1 ? "" : "mostly: ") + number
                + first.getKey().sentence() + ")";
    }

    private static List<Map.Entry<Cause, Integer>> causes(Comparison comparison, Side side) {
        List<Map.Entry<Cause, Integer>> causes = new ArrayList<>();
        for (Map.Entry<Cause, Integer> entry : comparison.causes().entrySet()) {
            if (entry.getKey().side() == side) {
                causes.add(entry);
            }
        }
        causes.sort(Comparator.comparingInt((Map.Entry<Cause, Integer> entry) -> -entry.getValue())
                .thenComparing(Map.Entry::getKey));
        return causes;
    }

    private void side(Comparison comparison, Side side, String title) {
        List<Map.Entry<Cause, Integer>> causes = causes(comparison, side);
        if (causes.isEmpty()) {
            return;
        }
        out.append("\n  ")
                .append(ink.bold(title))
                .append(' ')
                .append(comparison.count(side))
                .append('\n');
        for (Map.Entry<Cause, Integer> entry : causes) {
            out.append(Columns.right(String.format(java.util.Locale.ROOT, "%,d", entry.getValue()), 8))
                    .append("  ")
                    .append(entry.getKey().sentence())
                    .append('\n');
            if (showsAll || side != Side.BOTH && side != Side.REPEATED) {
                examples(comparison, entry.getKey());
            }
        }
    }

    private void examples(Comparison comparison, Cause cause) {
        int shown = 0;
        for (Row row : comparison.rows()) {
            if (row.cause() == cause && (showsAll || shown < EXAMPLES)) {
                row(row);
                shown++;
            }
        }
    }

    private void row(Row row) {
        String severity = row.ourSeverity()
                .or(row::theirSeverity)
                .map(each -> ink.of(each, Columns.left(each.word(), 10)))
                .orElse(" ".repeat(10));
        out.append(" ".repeat(10))
                .append(Columns.left(row.id(), 20))
                .append(' ')
                .append(severity)
                .append(' ')
                .append(Columns.cut((row.packageName() + " " + row.version()).strip(), 56))
                .append('\n');
        List<String> told = new ArrayList<>();
        if (!row.reason().isEmpty()) {
            told.add(row.reason());
        }
        if (showsAll) {
            row.proof().stream().filter(line -> !row.reason().contains(line)).forEach(told::add);
        }
        for (String text : told) {
            for (String line : Columns.wrap(text, REASON - 4)) {
                out.append(" ".repeat(14)).append(ink.dim(line)).append('\n');
            }
        }
    }
}
