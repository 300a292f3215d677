package dev.holdfast.check.join;

import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words that start a program.
 *
 * @param words program and arguments; of a shell form the one line
 * @param isShell whether {@code /bin/sh -c} runs the line
 * @param at where it is written
 */
public record Launch(List<String> words, boolean isShell, Setting at) {
    public Launch {
        words = List.copyOf(words);
    }

    /** A list of words; empty for anything else, and for an empty list. */
    static Optional<Launch> ofList(Optional<Node> list, String path) {
        List<String> words = new ArrayList<>();
        list.map(Node::elements)
                .orElse(List.of())
                .forEach(element -> words.add(element.textAt().orElse("")));
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(new Launch(
                        words,
                        isShell(words),
                        new Setting(words.getFirst(), path, list.get().place())));
    }

    /** Builders store a shell form as a shell with its line. */
    static boolean isShell(List<String> words) {
        return words.size() == 3
                && words.get(0).equals("/bin/sh")
                && words.get(1).equals("-c");
    }

    /** The program that the kernel is asked to start; empty when only a run can tell. */
    Optional<String> program() {
        String first = isShell ? "/bin/sh" : words.getFirst();
        boolean isOpen = first.isEmpty() || first.contains("$") || first.contains("{{");
        return isOpen ? Optional.empty() : Optional.of(first);
    }
}
