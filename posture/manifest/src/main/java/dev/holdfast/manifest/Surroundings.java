package dev.holdfast.manifest;

import java.io.IOException;
import java.util.Optional;

/** The files that may be read along with one: those under a root, and no others. */
public interface Surroundings {
    /** There is nothing else. */
    Surroundings NONE = _ -> Optional.empty();

    /**
     * A file's bytes; empty when there is none.
     *
     * @param path from the root, normal, with slashes; never above the root
     */
    Optional<byte[]> file(String path) throws IOException;

    /** The path from the root of a file that reports call so. */
    default String inside(String shown) {
        return shown;
    }

    /** What reports call the file of this path from the root. */
    default String shown(String inside) {
        return inside;
    }
}
