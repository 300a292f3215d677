package dev.holdfast.sensor.event;

import dev.holdfast.sensor.libbpf.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
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

    String read(Bytes record, int offset, int length) {
        if (length == 0) {
            return "";
        }
        Objects.checkFromIndexSize(offset, length, record.size());
        byte[] from = record.array();
        return length > KEPT_LENGTH
                ? new String(from, offset, length, StandardCharsets.UTF_8)
                : kept(from, offset, length);
    }

    private String kept(byte[] from, int offset, int length) {
        int slot = slot(from, offset, length);
        byte[] known = bytes[slot];
        String text = texts[slot];
        if (text != null && known != null && Arrays.equals(known, 0, known.length, from, offset, offset + length)) {
            return text;
        }
        String fresh = new String(from, offset, length, StandardCharsets.UTF_8);
        bytes[slot] = Arrays.copyOfRange(from, offset, offset + length);
        texts[slot] = fresh;
        return fresh;
    }

    /** Where the text belongs, by eight bytes at a time. */
    private static int slot(byte[] from, int offset, int length) {
        int end = offset + length;
        long hash = length;
        int at = offset;
        for (; at + 8 <= end; at += 8) {
            hash = (hash ^ (long) LONGS.get(from, at)) * FACTOR;
            hash ^= hash >>> 32;
        }
        if (at < end) {
            long last = 0;
            for (int i = at; i < end; i++) {
                last = last << 8 | (from[i] & 0xff);
            }
            hash = (hash ^ last) * FACTOR;
            hash ^= hash >>> 32;
        }
        return (int) (hash ^ hash >>> 16) & ENTRIES - 1;
    }
}
