package dev.holdfast.sensor.event;

import dev.holdfast.sensor.libbpf.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts from records. The same few names come again and again, so short ones are kept in a table of fixed size, where a newcomer replaces the
 * one that it meets: a text that is there costs no object. Bytes that are no UTF-8 become U+FFFD. Owned by one thread.
 */
final class Texts {
    /** Longer texts are rarely seen twice. */
    private static final int KEPT_LENGTH = 256;

    /** At most 4,096 texts of 256 bytes, as bytes and as String: 2 MB. */
    private static final int ENTRIES = 4_096;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FACTOR = 0x9e37_79b9_7f4a_7c15L;

    private final @Nullable String[] texts = new String[ENTRIES];
    private final byte[][] bytes = new byte[ENTRIES][];
    private byte[] scratch = new byte[8_192];

    String read(Bytes record, int offset, int length) {
        if (length == 0) {
            return "";
        }
        if (length > scratch.length) {
            scratch = new byte[Math.max(length, 1 << 16)];
        }
        record.copy(offset, scratch, length);
        return length > KEPT_LENGTH ? decode(length) : kept(length);
    }

    private String kept(int length) {
        int slot = slot(length);
        byte[] known = bytes[slot];
        String text = texts[slot];
        if (text != null && known != null && Arrays.equals(known, 0, known.length, scratch, 0, length)) {
            return text;
        }
        String fresh = decode(length);
        bytes[slot] = Arrays.copyOf(scratch, length);
        texts[slot] = fresh;
        return fresh;
    }

    /** Where the text belongs, by eight bytes at a time; what the array holds behind the text is masked out. */
    private int slot(int length) {
        long hash = length;
        int at = 0;
        for (; at + 8 <= length; at += 8) {
            hash = (hash ^ (long) LONGS.get(scratch, at)) * FACTOR;
            hash ^= hash >>> 32;
        }
        if (at < length) {
            int rest = 8 * (length - at);
            long last = (long) LONGS.get(scratch, at) & (1L << rest) - 1;
            hash = (hash ^ last) * FACTOR;
            hash ^= hash >>> 32;
        }
        return (int) (hash ^ hash >>> 16) & ENTRIES - 1;
    }

    private String decode(int length) {
        return new String(scratch, 0, length, StandardCharsets.UTF_8);
    }
}
