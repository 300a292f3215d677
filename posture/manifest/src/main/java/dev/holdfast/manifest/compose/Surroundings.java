package dev.holdfast.manifest.compose;

import java.io.IOException;
import java.util.Optional;

/** The files that may be read along with one: those under a root, and no others. */
@FunctionalInterface
public interface Surroundings {
    /** There is nothing else. */
    Surroundings NONE = _ -> Optional.empty();

    /**
     * A file's bytes; empty when there is none.
     *
     * @param path from the root, normal, with slashes; never above the root
     */
    Optional<byte[]> file(String path) throws IOException;
}
