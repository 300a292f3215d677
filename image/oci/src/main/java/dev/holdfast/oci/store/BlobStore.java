package dev.holdfast.oci.store;

import dev.holdfast.core.InputException;
import dev.holdfast.core.SafeText;
import dev.holdfast.memory.FileIdentity;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Named bytes: the members of an archive, or the files of a folder. Shared by the targets found in it; safe for use by several threads. */
public interface BlobStore extends Closeable {
    /** The bytes of this relative name, links inside the store followed. */
    Optional<Blob> find(String name) throws InputException, IOException;

    /** Whether the store has its end. An archive without one may have been cut off between two members. */
    boolean isWhole();

    /** Bytes that a document of the store names. That a store without its end lacks them is an error: it is cut off. */
    default Optional<Blob> named(String name) throws InputException, IOException {
        Optional<Blob> blob = find(name);
        if (blob.isEmpty() && !isWhole()) {
            throw new InputException(
                    InputException.Code.TRUNCATED,
                    "the archive ends without its end mark, and without " + SafeText.of(name)
                            + ": it is cut off; save the image again");
        }
        return blob;
    }

    /** Some of the names, for telling what the store looks like. */
    List<String> someNames() throws IOException;

    /** By what the files that everything was read from so far are known again; empty where any of them is not. */
    default Optional<List<FileIdentity>> origins() {
        return Optional.empty();
    }

    /** Whether bytes come from afar when they are asked for, so that not asking saves something. */
    default boolean isFar() {
        return false;
    }

    /** Notes one more user; {@link #close} ends its use, and closes the store after the last. */
    void retain();
}
