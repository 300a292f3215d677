package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.text.SourceText;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Optional;

/**
 * One instruction.
 *
 * @param keyword which
 * @param place from its first character to the end of its last line, here-documents included
 * @param flags its options in order
 * @param arguments everything behind keyword and options, trimmed, as one text
 * @param words the arguments one by one: of an exec form the strings; of {@code ENV} and {@code LABEL} names and values in turn; of a
 *     shell form, and of those that take one argument, the whole
 * @param isExec whether the arguments are a JSON list
 * @param heredocs here-documents in order
 * @param trigger what {@code ONBUILD} holds back
 */
public record Instruction(
        Keyword keyword,
        Place place,
        List<Flag> flags,
        SourceText arguments,
        List<Word> words,
        boolean isExec,
        List<Heredoc> heredocs,
        Optional<Instruction> trigger) {

    public Instruction {
        flags = List.copyOf(flags);
        words = List.copyOf(words);
        heredocs = List.copyOf(heredocs);
    }

    /** The option of this name, the last when there are several. */
    public Optional<Flag> flag(String name) {
        for (int i = flags.size() - 1; i >= 0; i--) {
            if (flags.get(i).name().equals(name)) {
                return Optional.of(flags.get(i));
            }
        }
        return Optional.empty();
    }

    /** The options of this name, in order. */
    public List<Flag> flags(String name) {
        return flags.stream().filter(flag -> flag.name().equals(name)).toList();
    }

    Instruction with(List<Heredoc> documents, Place whole) {
        return new Instruction(
                keyword,
                whole,
                flags,
                arguments,
                words,
                isExec,
                trigger.isPresent() ? List.of() : documents,
                trigger.map(held -> held.with(documents, whole)));
    }
}
