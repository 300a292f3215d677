package dev.holdfast.oci.layer;

import dev.holdfast.oci.FileContent;
import java.io.IOException;
import java.util.Arrays;

/** A sparse file as its reader sees it: zeros wherever nothing is stored. */
public final class SparseContent implements FileContent {
    private final FileContent stored;
    private final long[] extents;
    private final long size;

    /** @param extents pairs of offset and length, ascending; their lengths add up to what is stored */
    public SparseContent(FileContent stored, long[] extents, long size) {
        this.stored = stored;
        this.extents = extents;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        int most = (int) Math.min(length, size - position);
        if (most <= 0) {
            return 0;
        }
        Arrays.fill(target, offset, offset + most, (byte) 0);
        long storedStart = 0;
        for (int i = 0; i < extents.length; i += 2) {
            long from = Math.max(position, extents[i]);
            long to = Math.min(position + most, extents[i] + extents[i + 1]);
            if (from < to) {
                int at = offset + (int) (from - position);
                stored.read(storedStart + (from - extents[i]), target, at, (int) (to - from));
            }
            storedStart += extents[i + 1];
        }
        return most;
    }
}
