package dev.holdfast.cli;

import dev.holdfast.report.form.Columns;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** How the help of commands is laid out: as wide as everything that is printed, each paragraph broken where it is full. */
final class Help {
    private Help() {}

    static void layOut(CommandSpec spec) {
        List<String> lines = paragraphs(List.of(spec.usageMessage().description()));
        spec.usageMessage().width(Columns.WIDTH).description(lines.toArray(new String[0]));
    }

    /** A line each: the examples, which end at the first empty line, what is indented, and every paragraph as one. */
    static List<String> paragraphs(List<String> lines) {
        List<String> joined = new ArrayList<>();
        boolean isInParagraph = false;
        boolean isBehindExamples = false;
        for (String line : lines) {
            boolean isText = isBehindExamples && !line.isEmpty() && !line.startsWith(" ");
            if (isText && isInParagraph) {
                joined.set(joined.size() - 1, joined.getLast() + " " + line);
            } else {
                joined.add(line);
            }
            isInParagraph = isText;
            isBehindExamples |= line.isEmpty();
        }
        return joined;
    }
}
