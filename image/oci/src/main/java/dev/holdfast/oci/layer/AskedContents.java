package dev.holdfast.oci.layer;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.FileContent;
import java.io.IOException;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Notes which contents of a layer were asked for. */
public final class AskedContents implements LayerContents {
    private final LayerContents contents;
    private final BitSet asked = new BitSet();

    public AskedContents(LayerContents contents) {
        this.contents = contents;
    }

    @Override
    public FileContent content(LayerIndex index, int entry, String path) throws InputException, IOException {
        synchronized (asked) {
            asked.set(entry);
        }
        return contents.content(index, entry, path);
    }

    /** Forgets that an entry was asked for. */
    public void letGo(int entry) {
        synchronized (asked) {
            asked.clear(entry);
        }
    }

    /** The entries that were asked for, ascending. */
    public IntStream asked() {
        synchronized (asked) {
            return ((BitSet) asked.clone()).stream();
        }
    }
}
