package dev.holdfast.manifest.tree;

/**
 * Where something stands in its file.
 *
 * @param line the first line, from 1
 * @param column the first column on it, from 1, in code points
 * @param endLine the line of the end
 * @param endColumn the column after the last character, from 1
 */
public record Place(int line, int column, int endLine, int endColumn) {
    /** The start of a file. */
    public static final Place START = new Place(1, 1, 1, 1);
}
