package dev.holdfast.report.gate;

import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import java.util.List;

/** A gate's answer for people: one sentence, then each target with its own. */
public final class TerminalGate {
    private TerminalGate() {}

    public static String render(GateResults results, Ink ink) {
        StringBuilder out = new StringBuilder(1_024);
        for (GateResults.Target target : results.targets()) {
            out.append(word(target.outcome(), ink)).append("  ");
            out.append(ink.bold(Columns.cut(target.given(), Columns.WIDTH - 20)))
                    .append('\n');
            List<String> lines = Columns.wrap(target.sentence(), Columns.WIDTH - 6);
            lines.forEach(line -> out.append("      ").append(line).append('\n'));
        }
        out.append('\n').append(word(results.outcome(), ink)).append("  ");
        out.append(String.join("\n        ", Columns.wrap(results.sentence(), Columns.WIDTH - 8)))
                .append('\n');
        return out.toString();
    }

    private static String word(GateResults.Outcome outcome, Ink ink) {
        String word = outcome.word().replace('-', ' ').toUpperCase(java.util.Locale.ROOT);
        return switch (outcome) {
            case PASS -> ink.good(word);
            case COULD_NOT_TELL -> ink.warn(word);
            case FAIL, UNREADABLE -> ink.bad(word);
        };
    }
}
