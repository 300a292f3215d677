package dev.holdfast.archive;

import dev.holdfast.core.InputException;
import java.io.IOException;

/** Who is told what a {@link TarWalker} meets. */
public interface TarSink {
    /**
     * An entry begins.
     *
     * @param entry valid only during this call
     * @return whether its stored bytes are to be delivered
     */
    boolean entry(TarEntry entry) throws InputException, IOException;

    /** Some of the stored bytes of the wanted entry. Called until they are complete; not at all when there are none. */
    void content(byte[] bytes, int offset, int length) throws InputException, IOException;

    /** The wanted entry is complete. */
    void contentEnd() throws InputException, IOException;
}
