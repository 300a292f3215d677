package dev.holdfast.oci.layer;

import dev.holdfast.oci.FileContent;
import dev.holdfast.oci.store.Blob;
import dev.holdfast.oci.store.Ranges;
import java.io.IOException;

/** Contents of an uncompressed layer: nothing is copied, the tar itself is read where the file lies. */
public final class SeekableContents implements LayerContents {
    private final Blob layer;

    public SeekableContents(Blob layer) {
        this.layer = layer;
    }

    @Override
    public FileContent content(LayerIndex index, int entry, String path) {
        long start = layer.offset() + index.location(entry);
        if (!index.isSparse(entry)) {
            return new Range(start, index.size(entry));
        }
        long[] extents = index.extents(entry);
        return new SparseContent(new Range(start, sum(extents)), extents, index.size(entry));
    }

    public static long sum(long[] extents) {
        long stored = 0;
        for (int i = 1; i < extents.length; i += 2) {
            stored += extents[i];
        }
        return stored;
    }

    private final class Range implements FileContent {
        private final long start;
        private final long size;

        Range(long start, long size) {
            this.start = start;
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            int most = (int) Math.min(length, size - position);
            return most <= 0 ? 0 : Ranges.read(layer.file(), start + position, target, offset, most);
        }
    }
}
