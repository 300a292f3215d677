package dev.holdfast.oci;

import java.util.Optional;

/** Declares up front which files' contents will be asked for. Called for every regular file of every layer, from several threads. */
@FunctionalInterface
public interface Interest {
    /** @param path absolute, without links resolved */
    Want in(String path, FileHeader header);

    /** A name for exactly this choice, so that what was read for it can be remembered; empty when it is not to be. */
    default Optional<String> edition() {
        return Optional.empty();
    }
}
