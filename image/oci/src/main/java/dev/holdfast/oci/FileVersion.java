package dev.holdfast.oci;

import java.util.Optional;

/** One entry that one layer holds at one path: what won, what lost, or a deletion. */
public interface FileVersion {
    /** Absolute and normalised: begins with {@code /}, no empty, {@code .} or {@code ..} segment. */
    String path();

    FileType type();

    /** Bytes of content; that of the linked file for a hard link. */
    long size();

    /** Permission bits, the low 12. */
    int mode();

    /** Index of the layer that holds it. */
    int layer();

    /** Where a symbolic link points, as written; empty for anything else. */
    Optional<String> linkTarget();

    default FileHeader header() {
        return new FileHeader(type(), size(), mode());
    }
}
