package dev.holdfast.oci.layer;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.FileContent;
import java.io.IOException;

/** Reaches the contents of one layer's files after it was read. Safe for use by several threads. */
public interface LayerContents {
    /**
     * The content of a regular entry.
     *
     * @param path where the entry stands in the merged tree; only a root file system finds its file by it
     */
    FileContent content(LayerIndex index, int entry, String path) throws InputException, IOException;
}
