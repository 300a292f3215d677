package dev.holdfast.memory;

import java.util.Locale;

/** What sorts of facts there are; each has a folder of its own. */
public enum Shelf {
    /** What a command answered, word for word. */
    ANSWERS,
    /** Which images a file or folder held when it was read, and how to tell that it is unchanged. */
    TARGETS,
    /** What is inside an image. */
    IMAGES,
    /** The entries of a layer. */
    LAYERS,
    /** Contents of a layer's files that somebody asked for. */
    CONTENTS,
    /** Which packages a file of a layer tells of. */
    RECORDS,
    /** What was noticed in a layer's files while they passed by. */
    NOTES,
    /** Which digests the bytes of a file were found to have. */
    FILES,
    /** Which layer a compressed blob holds. */
    BLOBS;

    /** The name of its folder. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
