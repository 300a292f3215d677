package dev.holdfast.sensor.event;

import dev.holdfast.sensor.libbpf.Bytes;
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
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + scratch[i];
        }
        int slot = (hash ^ hash >>> 16) & ENTRIES - 1;
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

    private String decode(int length) {
        return new String(scratch, 0, length, StandardCharsets.UTF_8);
    }
}
