package dev.holdfast.manifest.shell;

import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * One simple command.
 *
 * @param joint what joins it to the command before
 * @param assignments {@code NAME=value} in front of it, or all of it
 * @param words the command's name and its arguments; none when there are only assignments
 * @param redirects where its input and output go
 * @param inner commands that its words run and whose output they take, and those of a text given to a shell
 * @param place from its first word to its last
 */
public record ShellCommand(
        Joint joint,
        List<ShellWord> assignments,
        List<ShellWord> words,
        List<Redirect> redirects,
        List<ShellCommand> inner,
        Place place) {

    /** What stands between two commands. */
    public enum Joint {
        /** Nothing: it is the first one. */
        START,
        /** {@code &&}. */
        AND,
        /** {@code ||}. */
        OR,
        /** {@code |}: it reads what the one before writes. */
        PIPE,
        /** {@code ;}, {@code &}, a line end, or a word such as {@code then}. */
        SEQUENCE
    }

    public ShellCommand {
        assignments = List.copyOf(assignments);
        words = List.copyOf(words);
        redirects = List.copyOf(redirects);
        inner = List.copyOf(inner);
    }

    /** The command's name without its folder; empty when it has none or it is expanded. */
    public String name() {
        if (words.isEmpty() || !words.getFirst().isFixed()) {
            return "";
        }
        String first = words.getFirst().text();
        return first.substring(first.lastIndexOf('/') + 1);
    }

    /** The texts of the arguments. */
    public List<String> arguments() {
        return words.stream().skip(1).map(ShellWord::text).toList();
    }

    /** This command and all that run inside of it. */
    public List<ShellCommand> all() {
        List<ShellCommand> all = new ArrayList<>();
        all.add(this);
        inner.forEach(command -> all.addAll(command.all()));
        return all;
    }

    /** The same without its first words, as a command of its own: what {@code sudo} or {@code env} run. */
    public ShellCommand from(int word) {
        return new ShellCommand(joint, assignments, words.subList(word, words.size()), redirects, inner, place);
    }
}
