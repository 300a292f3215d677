package dev.holdfast.manifest.shell;

import dev.holdfast.manifest.text.SourceText;
import dev.holdfast.manifest.tree.Place;

/**
 * A word of a command, its quotes taken off.
 *
 * @param source the characters and where each stands; expansions stand as they are written
 * @param isFixed whether it has no expansion: it is what the command will see, save for file name patterns
 * @param isQuoted whether any part was quoted
 * @param place of the whole, quotes included
 */
public record ShellWord(SourceText source, boolean isFixed, boolean isQuoted, Place place) {
    public String text() {
        return source.toString();
    }
}
