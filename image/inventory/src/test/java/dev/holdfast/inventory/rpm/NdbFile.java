package dev.holdfast.inventory.rpm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes an NDB file of one slot page for tests. */
final class NdbFile {
    static final int SLOT_PAGE = 4_096;
    private static final int UNIT = 16;

    private final ByteBuffer file = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private int slots = 2;
    private int end = SLOT_PAGE;

    NdbFile() {
        mark(0, "RpmP");
        file.putInt(12, 1);
        for (int at = 2 * UNIT; at < SLOT_PAGE; at += UNIT) {
            mark(at, "Slot");
        }
    }

    NdbFile add(byte[] header) {
        int number = slots - 1;
        int length = (16 + header.length + 12 + UNIT - 1) / UNIT * UNIT;
        slot(number, end / UNIT, length / UNIT);
        mark(end, "BlbS");
        file.putInt(end + 4, number).putInt(end + 12, header.length).put(end + 16, header);
        file.putInt(end + length - 8, header.length);
        mark(end + length - 4, "BlbE");
        end += length;
        return this;
    }

    /** Adds a slot that points anywhere. */
    NdbFile slot(int number, int unit, int units) {
        int at = slots++ * UNIT;
        file.putInt(at + 4, number).putInt(at + 8, unit).putInt(at + 12, units);
        return this;
    }

    ByteBuffer raw() {
        return file;
    }

    byte[] bytes() {
        byte[] bytes = new byte[end];
        file.get(0, bytes);
        return bytes;
    }

    private void mark(int at, String text) {
        file.put(at, text.getBytes(US_ASCII));
    }
}
