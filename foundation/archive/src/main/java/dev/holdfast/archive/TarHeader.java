package dev.holdfast.archive;

import dev.holdfast.core.InputException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The fixed fields of one 512-byte tar header block. Offsets and lengths are those of POSIX.1-1988 (ustar), which the older and the GNU
 * forms share but for the last 167 bytes.
 *
 * <pre>
 *   0 name(100)      100 mode(8)       108 uid(8)      116 gid(8)      124 size(12)     136 mtime(12)
 * 148 checksum(8)    156 type(1)       157 linkname(100)               257 magic(6)     263 version(2)
 * 265 uname(32)      297 gname(32)     329 devmajor(8) 337 devminor(8)
 * 345 prefix(155)    ustar: goes before name, with a slash
 * 386 4 x {offset(12) length(12)}      482 more(1)     483 real size(12)        GNU, type S: the sparse map begins here
 * </pre>
 *
 * A number is octal text, or, where the first byte has its high bit set, a big-endian two's complement number of the remaining bits
 * (GNU base-256). The checksum is the sum of the block's bytes with its own field taken as spaces; old writers summed signed bytes.
 */
final class TarHeader {
    static final int BLOCK = 512;
    static final int NAME = 0;
    static final int NAME_LENGTH = 100;
    static final int LINK_NAME = 157;
    static final int MODE = 100;
    static final int SIZE = 124;
    static final int TYPE = 156;
    static final int PREFIX = 345;
    static final int PREFIX_LENGTH = 155;
    static final int SPARSE = 386;
    static final int SPARSE_MORE = 482;
    static final int SPARSE_REAL_SIZE = 483;
    static final int NUMBER_LENGTH = 12;

    private static final int CHECKSUM = 148;
    private static final int MAGIC = 257;
    private static final int STAR_TRAILER = 508;
    /** In the {@code star} form, which shares ustar's magic, the prefix is shorter: times follow it. */
    private static final int STAR_PREFIX_LENGTH = 131;

    private static final byte[] ZERO = new byte[BLOCK];
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private TarHeader() {}

    static boolean isZero(byte[] bytes, int offset) {
        return Arrays.mismatch(bytes, offset, offset + BLOCK, ZERO, 0, BLOCK) < 0;
    }

    /** Whether the block's checksum is right, by either way of summing. */
    static boolean hasChecksum(byte[] bytes, int offset) {
        long promised = octal(bytes, offset + CHECKSUM, 8);
        if (promised < 0) {
            return false;
        }
        long own = 0;
        long ownSigned = 0;
        for (int i = offset + CHECKSUM; i < offset + CHECKSUM + 8; i++) {
            own += bytes[i] & 0xff;
            ownSigned += bytes[i];
        }
        long spaces = 8L * ' ';
        if (sum(bytes, offset) - own + spaces == promised) {
            return true;
        }
        long signed = 0;
        for (int i = offset; i < offset + BLOCK; i++) {
            signed += bytes[i];
        }
        return signed - ownSigned + spaces == promised;
    }

    /** Sums eight bytes a step in four lanes of 16 bits: 64 steps of at most 2 x 255 each stay below 2^16. */
    private static long sum(byte[] bytes, int offset) {
        long lanes = 0;
        for (int i = 0; i < BLOCK; i += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, offset + i);
            lanes += (eight & 0x00ff_00ff_00ff_00ffL) + (eight >>> 8 & 0x00ff_00ff_00ff_00ffL);
        }
        return (lanes & 0xffff) + (lanes >>> 16 & 0xffff) + (lanes >>> 32 & 0xffff) + (lanes >>> 48);
    }

    /** How long the prefix field is in this header's dialect; 0 where it has none. */
    static int prefixLength(byte[] bytes, int offset) {
        if (!isPosix(bytes, offset)) {
            return 0;
        }
        boolean star = bytes[offset + STAR_TRAILER] == 't'
                && bytes[offset + STAR_TRAILER + 1] == 'a'
                && bytes[offset + STAR_TRAILER + 2] == 'r'
                && bytes[offset + STAR_TRAILER + 3] == 0;
        return textLength(bytes, offset + PREFIX, star ? STAR_PREFIX_LENGTH : PREFIX_LENGTH);
    }

    private static boolean isPosix(byte[] bytes, int offset) {
        return hasUstar(bytes, offset) && bytes[offset + MAGIC + 5] == 0;
    }

    static boolean isGnu(byte[] bytes, int offset) {
        return hasUstar(bytes, offset) && bytes[offset + MAGIC + 5] == ' ' && bytes[offset + MAGIC + 6] == ' ';
    }

    private static boolean hasUstar(byte[] bytes, int offset) {
        int at = offset + MAGIC;
        return bytes[at] == 'u'
                && bytes[at + 1] == 's'
                && bytes[at + 2] == 't'
                && bytes[at + 3] == 'a'
                && bytes[at + 4] == 'r';
    }

    /** How many bytes of a text field come before its first NUL. */
    static int textLength(byte[] bytes, int offset, int most) {
        int length = 0;
        while (length < most && bytes[offset + length] != 0) {
            length++;
        }
        return length;
    }

    /** Reads a size, count or offset: never negative. */
    static long number(byte[] bytes, int offset, int length, String what) throws InputException {
        long value = (bytes[offset] & 0x80) != 0 ? base256(bytes, offset, length) : octal(bytes, offset, length);
        if (value < 0) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    "tar header is corrupt: its " + what + " is not a number we can take");
        }
        return value;
    }

    /** -1 for a negative number and for one beyond 63 bits. */
    private static long base256(byte[] bytes, int offset, int length) {
        if ((bytes[offset] & 0x40) != 0) {
            return -1;
        }
        long value = bytes[offset] & 0x3f;
        for (int i = 1; i < length; i++) {
            if (value >> 55 != 0) {
                return -1;
            }
            value = value << 8 | bytes[offset + i] & 0xff;
        }
        return value;
    }

    /** Octal text with spaces and NULs around it; nothing at all is 0; -1 for anything else. */
    static long octal(byte[] bytes, int offset, int length) {
        int from = offset;
        int to = offset + length;
        while (from < to && (bytes[from] == ' ' || bytes[from] == 0)) {
            from++;
        }
        long value = 0;
        while (from < to && bytes[from] >= '0' && bytes[from] <= '7') {
            value = value << 3 | bytes[from] - '0';
            from++;
        }
        while (from < to && (bytes[from] == ' ' || bytes[from] == 0)) {
            from++;
        }
        return from == to ? value : -1;
    }
}
