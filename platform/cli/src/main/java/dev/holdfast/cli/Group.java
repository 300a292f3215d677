package dev.holdfast.cli;

import dev.holdfast.cli.command.Command;
import dev.holdfast.report.form.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Commands of two words that share the first.
 *
 * @param word the first word
 * @param commands at least one
 */
record Group(String word, List<Command> commands) {
    private static final String INDENT = " ".repeat(6);

    Group {
        commands = List.copyOf(commands);
    }

    /** Empty when no command of two words begins with this one. */
    static Optional<Group> of(List<Command> all, String word) {
        List<Command> commands = new ArrayList<>();
        for (Command command : all) {
            if (command.name().startsWith(word + " ")) {
                commands.add(command);
            }
        }
        return commands.isEmpty() ? Optional.empty() : Optional.of(new Group(word, commands));
    }

    /** The second words. */
    List<String> seconds() {
        return commands.stream()
                .map(command -> command.name().substring(word.length() + 1))
                .toList();
    }

    /** Each command, and what its own help begins with. */
    String overview() {
        StringBuilder text =
                new StringBuilder("Commands of holdfast ").append(word).append(":\n");
        for (Command command : commands) {
            text.append("\n  holdfast ").append(command.name()).append('\n');
            for (String line : Columns.wrap(beginning(command), Columns.WIDTH - INDENT.length())) {
                text.append(INDENT).append(line).append('\n');
            }
        }
        return text.append("\nholdfast ")
                .append(word)
                .append(" COMMAND --help tells more.\n")
                .toString();
    }

    /** The first sentence behind the examples. */
    private static String beginning(Command command) {
        List<String> lines =
                Help.paragraphs(List.of(command.spec().usageMessage().description()));
        String text = lines.get(lines.indexOf("") + 1);
        int sentence = text.indexOf(". ");
        return sentence < 0 ? text : text.substring(0, sentence + 1);
    }
}
