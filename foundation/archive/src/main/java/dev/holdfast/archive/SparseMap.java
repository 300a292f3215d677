package dev.holdfast.archive;

import dev.holdfast.core.InputException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Collects the extents of a sparse file: where its stored bytes belong. They must ascend, not overlap, end within the file, and add up to
 * what is stored. An extent of no bytes is left out: GNU tar writes one at the end to say how long the file is.
 */
final class SparseMap {
    /** As many extents as a megabyte of map text can hold several times over; a file with more is not scattered but hostile. */
    private static final int MOST_EXTENTS = 1 << 20;

    private long[] pairs = new long[16];
    private int length;
    private long end;
    private long stored;

    void add(long offset, long bytes) throws InputException {
        if (offset < end || bytes < 0 || offset > Long.MAX_VALUE - bytes) {
            throw malformed("its extents overlap or run backwards");
        }
        end = offset + bytes;
        if (bytes == 0) {
            return;
        }
        if (length == 2 * MOST_EXTENTS) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    String.format(Locale.ROOT, "sparse file with more than %,d extents", MOST_EXTENTS));
        }
        if (length == pairs.length) {
            pairs = Arrays.copyOf(pairs, length * 2);
        }
        pairs[length++] = offset;
        pairs[length++] = bytes;
        stored += bytes;
    }

    long[] finish(long realSize, long storedSize) throws InputException {
        if (end > realSize) {
            throw malformed("an extent ends beyond the file");
        }
        if (stored != storedSize) {
            throw malformed(
                    String.format(Locale.ROOT, "its extents hold %,d bytes, the archive %,d", stored, storedSize));
        }
        return Arrays.copyOf(pairs, length);
    }

    static InputException malformed(String what) {
        return new InputException(InputException.Code.MALFORMED, "sparse file is corrupt: " + what);
    }
}
