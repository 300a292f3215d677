package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.text.SourceText;
import dev.holdfast.manifest.tree.Place;

/**
 * An argument of an instruction as the parser leaves it: JSON strings are unescaped, everything else still has its quotes and variables.
 *
 * @param source the characters and where each stands
 */
public record Word(SourceText source) {
    public String text() {
        return source.toString();
    }

    public Place place() {
        return source.place(0, source.length());
    }
}
