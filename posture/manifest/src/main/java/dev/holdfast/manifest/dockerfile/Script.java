package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.shell.ShellCommand;
import dev.holdfast.manifest.shell.ShellReader;
import dev.holdfast.manifest.shell.ShellWord;
import dev.holdfast.manifest.text.SourceText;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The commands of an instruction that runs some: of the line, of here-documents that a shell reads, and of texts given to {@code sh -c}.
 *
 * @param commands in order
 * @param isJudged whether the language is one that we read; if not, there are no commands
 */
public record Script(List<ShellCommand> commands, boolean isJudged) {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "zsh");

    /** Texts given to a shell inside of a text given to a shell. */
    private static final int MOST_DEPTH = 4;

    public Script {
        commands = List.copyOf(commands);
    }

    /**
     * The commands of {@code RUN}, {@code CMD}, {@code ENTRYPOINT} or {@code HEALTHCHECK}.
     *
     * @param shell what reads shell forms there
     */
    public static Script of(Instruction one, ShellKind shell) {
        List<Word> words = one.keyword() == Keyword.HEALTHCHECK
                ? one.words()
                        .subList(Math.min(1, one.words().size()), one.words().size())
                : one.words();
        if (words.isEmpty()) {
            return new Script(List.of(), true);
        }
        if (one.isExec()) {
            return new Script(List.of(withInner(exec(words), MOST_DEPTH)), true);
        }
        if (shell != ShellKind.POSIX) {
            return new Script(List.of(), false);
        }
        if (!one.heredocs().isEmpty()
                && HeredocWords.of(words.getFirst().text()).isPresent()) {
            return heredoc(one.heredocs().getFirst());
        }
        List<ShellCommand> commands = new ArrayList<>(read(words.getFirst().source(), MOST_DEPTH));
        for (Heredoc document : one.heredocs()) {
            if (isReadByShell(commands, document)) {
                commands.addAll(read(document.content(), MOST_DEPTH));
            }
        }
        return new Script(commands, true);
    }

    /** The here-document alone is the script; its first line may name who reads it. */
    private static Script heredoc(Heredoc document) {
        String text = document.content().toString();
        if (text.startsWith("#!")) {
            int end = text.indexOf('\n');
            List<String> interpreter = List.of(
                    text.substring(2, end < 0 ? text.length() : end).strip().split("\\s+"));
            if (ShellKind.of(interpreter) != ShellKind.POSIX) {
                return new Script(List.of(), false);
            }
        }
        return new Script(read(document.content(), MOST_DEPTH), true);
    }

    private static boolean isReadByShell(List<ShellCommand> commands, Heredoc document) {
        return commands.stream()
                .anyMatch(command -> SHELLS.contains(command.name())
                        && command.redirects().stream()
                                .anyMatch(redirect -> redirect.operator().startsWith("<<")
                                        && redirect.target().text().equals(document.name())));
    }

    private static ShellCommand exec(List<Word> words) {
        List<ShellWord> plain = words.stream()
                .map(word -> new ShellWord(word.source(), true, true, word.place()))
                .toList();
        Place first = words.getFirst().place();
        Place last = words.getLast().place();
        return new ShellCommand(
                ShellCommand.Joint.START,
                List.of(),
                plain,
                List.of(),
                List.of(),
                new Place(first.line(), first.column(), last.endLine(), last.endColumn()));
    }

    private static List<ShellCommand> read(SourceText text, int depth) {
        return ShellReader.read(text).stream()
                .map(command -> withInner(command, depth))
                .toList();
    }

    /** With the commands of a text that it gives to a shell: {@code sh -c 'text'}. */
    private static ShellCommand withInner(ShellCommand command, int depth) {
        if (depth == 0) {
            return command;
        }
        List<ShellWord> words = command.words();
        for (int i = 0; i + 2 < words.size(); i++) {
            String word = words.get(i).text();
            boolean isShell = SHELLS.contains(word.substring(word.lastIndexOf('/') + 1));
            int option = i + 1;
            while (isShell
                    && option + 1 < words.size()
                    && words.get(option).text().startsWith("-")) {
                if (words.get(option).text().matches("-[a-z]*c")) {
                    List<ShellCommand> inner = new ArrayList<>(command.inner());
                    inner.addAll(read(words.get(option + 1).source(), depth - 1));
                    return new ShellCommand(
                            command.joint(), command.assignments(), words, command.redirects(), inner, command.place());
                }
                option++;
            }
        }
        return command;
    }
}
