package dev.holdfast.manifest.tree;

/** One document of a file. */
public sealed interface Document {
    /** The line of the file on which it begins, from 1. */
    int line();

    /** What was read; never an empty document. */
    record Read(Node root, int line) implements Document {}

    /**
     * What could not be read.
     *
     * @param line the line of the problem, from 1
     * @param column its column, from 1
     * @param problem one sentence without the place
     */
    record Broken(int line, int column, String problem) implements Document {}
}
