package dev.holdfast.advisory.base;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Sorted texts, shortened by what each shares with the one before; every 16th stands whole, so that one is found by binary search and at
 * most 15 steps. The layout is at {@link Layout}.
 */
final class NameTable {
    private final Section section;
    private final int blocks;

    NameTable(Section section) {
        this.section = section;
        this.blocks = blocks(section.count());
    }

    int count() {
        return section.count();
    }

    /** The text of that number. */
    String get(int number) {
        if (number < 0 || number >= section.count()) {
            throw section.corrupt("text " + number + " of " + section.count());
        }
        Walk walk = new Walk(number / Layout.NAMES_IN_BLOCK);
        for (int i = number % Layout.NAMES_IN_BLOCK; i > 0; i--) {
            walk.next();
        }
        return walk.text();
    }

    /** The number of a text, or -1. */
    int find(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        int block = blockOf(wanted);
        if (block < 0) {
            return -1;
        }
        int number = block * Layout.NAMES_IN_BLOCK;
        int end = Math.min(section.count(), number + Layout.NAMES_IN_BLOCK);
        Walk walk = new Walk(block);
        while (!walk.is(wanted)) {
            if (++number == end) {
                return -1;
            }
            walk.next();
        }
        return number;
    }

    /** Reads all texts; each must be above the one before. */
    void checkOrder() {
        byte[] before = {};
        for (int block = 0; block < blocks; block++) {
            Walk walk = new Walk(block);
            int size = Math.min(Layout.NAMES_IN_BLOCK, section.count() - block * Layout.NAMES_IN_BLOCK);
            for (int i = 0; i < size; i++) {
                if (i > 0) {
                    walk.next();
                }
                byte[] text = Arrays.copyOf(walk.current, walk.length);
                if (block + i > 0 && Arrays.compareUnsigned(before, text) >= 0) {
                    throw section.corrupt("text " + walk.text() + " is out of order");
                }
                before = text;
            }
        }
    }

    /** The last block whose first text is not above the wanted one; -1 when all are. */
    private int blockOf(byte[] wanted) {
        int low = 0;
        int high = blocks - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Cursor first = section.at(start(middle));
            int length = first.v();
            if (section.compare(first.position(), length, wanted) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private int start(int block) {
        return section.u31(block * 4L);
    }

    private static int blocks(int count) {
        return (int) (((long) count + Layout.NAMES_IN_BLOCK - 1) / Layout.NAMES_IN_BLOCK);
    }

    /** Goes through the texts of one block. */
    private final class Walk {
        private final Cursor cursor;
        private byte[] current = new byte[128]; // most names and purls fit
        private int length;

        Walk(int block) {
            cursor = section.at(start(block));
            append(0, cursor.v());
        }

        void next() {
            int shared = cursor.v();
            if (shared > length) {
                throw section.corrupt("a text shares " + shared + " of " + length + " bytes");
            }
            append(shared, cursor.v());
        }

        private void append(int shared, int rest) {
            if (rest > Layout.MAX_TEXT_BYTES - shared) {
                throw section.corrupt("a text longer than " + Layout.MAX_TEXT_BYTES + " bytes");
            }
            if (rest > current.length - shared) {
                current = Arrays.copyOf(current, Layout.MAX_TEXT_BYTES);
            }
            cursor.bytes(current, shared, rest);
            length = shared + rest;
        }

        boolean is(byte[] text) {
            return Arrays.equals(current, 0, length, text, 0, text.length);
        }

        String text() {
            return new String(current, 0, length, StandardCharsets.UTF_8);
        }
    }

    /** Lays out texts that are sorted by their bytes and without repeats. */
    static byte[] write(List<byte[]> sorted) {
        int blocks = blocks(sorted.size());
        Output starts = new Output(blocks * 4);
        Output texts = new Output();
        byte[] before = {};
        for (int i = 0; i < sorted.size(); i++) {
            byte[] text = sorted.get(i);
            if (i % Layout.NAMES_IN_BLOCK == 0) {
                starts.u32(blocks * 4 + texts.size());
                texts.v(text.length).bytes(text);
            } else {
                int shared = shared(before, text);
                texts.v(shared).v(text.length - shared).bytes(text, shared, text.length - shared);
            }
            before = text;
        }
        return starts.bytes(texts.toBytes()).toBytes();
    }

    private static int shared(byte[] a, byte[] b) {
        int mismatch = Arrays.mismatch(a, b);
        return mismatch < 0 ? a.length : mismatch;
    }
}
