package dev.holdfast.oci;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.List;

/** One image or file system, opened. Close it when the contents are no longer needed. */
public interface Target extends AutoCloseable {
    TargetDescription description();

    ImageConfiguration configuration() throws InputException, IOException;

    /** Bottom first. A root file system is one layer without digest. */
    List<Layer> layers() throws InputException, IOException;

    /**
     * Reads all layers once and merges them. Every digest (configuration, layer blob, uncompressed layer) is verified on the way.
     *
     * @param gaps takes what could not be seen
     * @throws InputException when the target is truncated, corrupt, hostile, or its bytes are not what its digests say
     */
    FileTree read(Interest interest, Gaps gaps) throws InputException, IOException;

    /**
     * Reads as {@link #read(Interest, Gaps)} does, and shows a watch the content of every file on the way. A target that carries no
     * files has none to show.
     */
    default FileTree read(Interest interest, Watch watch, Gaps gaps) throws InputException, IOException {
        return read(interest, gaps);
    }

    /**
     * Whether every byte of it is known to be what its digests say, found out with less than reading it: it was verified before, or its
     * layers are hashed now. A target of which this is true and whose digest is known need not be read again.
     */
    default boolean isProven() throws InputException, IOException {
        return false;
    }

    /**
     * Remembers what was read of it, after that was put to use, so that less is to be read the next time.
     *
     * @return whether all of it is remembered, or was before
     */
    default boolean remember() throws InputException, IOException {
        return false;
    }

    @Override
    void close() throws IOException;
}
