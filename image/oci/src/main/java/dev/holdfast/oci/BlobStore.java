package dev.holdfast.oci;

import dev.holdfast.core.InputException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Named bytes: the members of an archive, or the files of a folder. Shared by the targets found in it; safe for use by several threads. */
interface BlobStore extends Closeable {
    /** The bytes of this relative name, links inside the store followed. */
    Optional<Blob> find(String name) throws InputException, IOException;

    /** Some of the names, for telling what the store looks like. */
    List<String> someNames() throws IOException;

    /** Notes one more user; {@link #close} ends its use, and closes the store after the last. */
    void retain();
}
