package dev.holdfast.version;

import java.util.Arrays;

/**
 * Writes the bytes of a {@link VersionKey}.
 *
 * <p>A version order compares tokens: numbers, words, and the end of a list. If every token is written so that (1) byte order is token
 * order, (2) no token's bytes begin another's at the same place, and (3) what follows is only reached when the tokens are equal, then
 * comparing whole keys as bytes is comparing versions. Three kinds of token keep to this:
 *
 * <ul>
 *   <li><b>Mark</b>: one byte. A scheme gives each choice that can stand at a place (end of list, word, number, tilde, …) a mark, in the
 *       order of the ecosystem.
 *   <li><b>Number</b>, of any length and without its leading zeros. Small ones are one byte, {@code floor + value}, up to 0xF5; above
 *       that, 0xF6 to 0xFD say that 1 to 8 bytes of big-endian value follow, without leading zero bytes, so more bytes are a larger
 *       number; 0xFE, from 19 digits on, is followed by the count of digits in two bytes and the digits, two in a byte. A scheme that has
 *       marks at the place of a number gives them the bytes below {@code floor}; 0xFF stays free for what is above every number.
 *   <li><b>Word</b>: each UTF-16 unit as one to three bytes in the manner of UTF-8 (surrogates each on their own, which keeps the order
 *       of {@link String#compareTo}), every byte raised by one, and 0x00 at the end, so that a word is below its own continuations.
 * </ul>
 *
 * <p>Trailing 0x00 bytes are left out. Under (2) two different keys differ before either ends, so they may be thought of as followed by
 * zeros without end, and the order stays: a key without its zeros begins with, and so is below, whatever was above it.
 */
final class KeyWriter {
    /** Above every number. */
    static final int HIGHEST = 0xff;

    private static final int FIRST_LONG = 0xf6;
    private static final int HUGE = 0xfe;
    private static final int DIGITS_IN_LONG = 18;

    private byte[] bytes = new byte[24];
    private int size;

    /** Writes one byte, 0 to 255. */
    KeyWriter mark(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
        return this;
    }

    /** Writes the decimal digits of that part of the text as a number; none at all are 0. */
    KeyWriter number(CharSequence text, int from, int to, int floor) {
        int start = from;
        while (start < to && text.charAt(start) == '0') {
            start++;
        }
        if (to - start > DIGITS_IN_LONG) {
            return hugeNumber(text, start, to);
        }
        long value = 0;
        for (int i = start; i < to; i++) {
            value = value * 10 + (text.charAt(i) - '0');
        }
        return number(value, floor);
    }

    /** Writes a number that is not negative. */
    KeyWriter number(long value, int floor) {
        if (value < FIRST_LONG - floor) {
            return mark(floor + (int) value);
        }
        int length = (Long.SIZE - Long.numberOfLeadingZeros(value) + 7) / 8;
        mark(FIRST_LONG + length - 1);
        for (int shift = (length - 1) * 8; shift >= 0; shift -= 8) {
            mark((int) (value >>> shift) & 0xff);
        }
        return this;
    }

    private KeyWriter hugeNumber(CharSequence text, int start, int to) {
        int digits = to - start;
        mark(HUGE).mark(digits >>> 8).mark(digits & 0xff);
        for (int i = start; i < to; i += 2) {
            int high = text.charAt(i) - '0';
            int low = i + 1 < to ? text.charAt(i + 1) - '0' : 0;
            mark(high << 4 | low);
        }
        return this;
    }

    /** Writes that part of the text as a word. */
    KeyWriter word(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            unit(text.charAt(i));
        }
        return mark(0);
    }

    private void unit(char c) {
        if (c < 0x80) {
            mark(c + 1);
        } else if (c < 0x800) {
            mark((0xc0 | c >>> 6) + 1).mark((0x80 | c & 0x3f) + 1);
        } else {
            mark((0xe0 | c >>> 12) + 1).mark((0x80 | c >>> 6 & 0x3f) + 1).mark((0x80 | c & 0x3f) + 1);
        }
    }

    int size() {
        return size;
    }

    /** Forgets what was written after that size. */
    KeyWriter rewind(int to) {
        size = to;
        return this;
    }

    /** Where the number that begins at that place of a key ends. */
    static int endOfNumber(VersionKey key, int at) {
        int first = key.unsignedAt(at);
        if (first < FIRST_LONG) {
            return at + 1;
        }
        if (first < HUGE) {
            return at + 2 + first - FIRST_LONG;
        }
        int digits = key.unsignedAt(at + 1) << 8 | key.unsignedAt(at + 2);
        return at + 3 + (digits + 1) / 2;
    }

    VersionKey finish() {
        int end = size;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return VersionKey.ofOwned(Arrays.copyOf(bytes, end));
    }
}
