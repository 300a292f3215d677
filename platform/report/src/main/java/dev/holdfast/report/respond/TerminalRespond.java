package dev.holdfast.report.respond;

import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import dev.holdfast.respond.InForce;
import dev.holdfast.respond.Outcome;
import dev.holdfast.respond.journal.Entry;
import dev.holdfast.respond.journal.History;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What was done to containers, and what is in force, for a person. */
public final class TerminalRespond {
    private static final String SPACE = "    ";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private TerminalRespond() {}

    /** One paragraph an outcome; when nothing was done, how it is done. */
    public static String outcomes(List<Outcome> outcomes, boolean acts, Ink ink) {
        StringBuilder text = new StringBuilder();
        for (Outcome outcome : outcomes) {
            String head = outcome.container() + ": " + outcome.sentence();
            List<String> lines = Columns.wrap(head, Columns.WIDTH - SPACE.length());
            for (int i = 0; i < lines.size(); i++) {
                text.append(i == 0 ? ink(outcome, lines.get(i), ink) : SPACE + lines.get(i))
                        .append('\n');
            }
            outcome.notes().forEach(note -> indented(text, note));
            undo(outcome).ifPresent(undo -> indented(text, undo));
        }
        boolean isPlan = outcomes.stream().anyMatch(outcome -> outcome.result() == Outcome.Result.WOULD);
        if (isPlan && !acts) {
            text.append("Nothing was done; --act does it.\n");
        }
        return text.toString();
    }

    private static String ink(Outcome outcome, String line, Ink ink) {
        return switch (outcome.result()) {
            case DONE, ALREADY -> ink.good(line);
            case WOULD, GONE -> line;
            case REFUSED, COULD_NOT_TELL -> ink.warn(line);
            case FAILED -> ink.bad(line);
        };
    }

    private static Optional<String> undo(Outcome outcome) {
        OptionalLong entry = outcome.entry();
        boolean isUndoable = (outcome.result() == Outcome.Result.DONE
                        || outcome.result() == Outcome.Result.ALREADY
                        || outcome.result() == Outcome.Result.COULD_NOT_TELL)
                && !outcome.action().equals("kill")
                && !outcome.action().equals("undo");
        return isUndoable && entry.isPresent()
                ? Optional.of(
                        "entry " + entry.getAsLong() + "; back: holdfast respond undo " + entry.getAsLong() + " --act")
                : Optional.empty();
    }

    /** One paragraph for what is in force. */
    public static String inForce(List<InForce> inForce, Ink ink) {
        if (inForce.isEmpty()) {
            return "Nothing is in force: no container is frozen, cut off or held.\n";
        }
        StringBuilder text = new StringBuilder();
        for (InForce each : inForce) {
            String name = each.container().isEmpty() ? each.group() : each.container();
            String since =
                    each.since().map(time -> "   since " + TIME.format(time)).orElse("");
            text.append(ink.bold(Columns.left(each.action().done(), 13)))
                    .append(Columns.cut(name, 50))
                    .append(since)
                    .append('\n');
            if (!each.entries().isEmpty()) {
                String entries = String.join(
                        ", ", each.entries().stream().map(String::valueOf).toList());
                indented(text, (each.entries().size() == 1 ? "entry " : "entries ") + entries + " by " + each.by());
            }
            each.notes().forEach(note -> indented(text, note));
        }
        return text.toString();
    }

    /** One line an entry. */
    public static String history(History history, Ink ink) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : history.entries()) {
            String what = entry.kind().word()
                    + (entry.of() > 0 ? " of " + entry.of() : "")
                    + entry.action().map(action -> " " + action.word()).orElse("")
                    + entry.subject().map(subject -> " " + subject.name()).orElse("")
                    + (entry.result().isEmpty() ? "" : ": " + entry.result());
            text.append(Columns.right(String.valueOf(entry.number()), 5))
                    .append("  ")
                    .append(ink.dim(TIME.format(entry.time())))
                    .append("  ")
                    .append(Columns.cut(what, Columns.WIDTH - 29))
                    .append('\n');
        }
        text.append(history.lines())
                .append(history.lines() == 1 ? " line" : " lines")
                .append(
                        history.isSound()
                                ? ", which hold together. The last is\n"
                                : ", which DO NOT hold together. The last is\n")
                .append(SPACE)
                .append(history.last())
                .append('\n');
        return text.toString();
    }

    private static void indented(StringBuilder text, String sentence) {
        for (String line : Columns.wrap(sentence, Columns.WIDTH - SPACE.length())) {
            text.append(SPACE).append(line).append('\n');
        }
    }
}
