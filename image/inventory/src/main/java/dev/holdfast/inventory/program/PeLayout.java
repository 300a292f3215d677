package dev.holdfast.inventory.program;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.program.Program.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The headers of a PE file (Microsoft PE and COFF specification). The MS-DOS header holds at 60 where {@code PE\0\0} stands; there:
 *
 * <pre>
 *   COFF header, 20 bytes from 4     2  number of sections    16  size of the optional header
 *   optional header, from 24         0  10B: 32-bit, image base at 28 (4 bytes); 20B: 64-bit, image base at 24 (8 bytes)
 *   section headers after it, 40     0  name (8)    12  address from the image base    16  bytes in the file    20  offset
 *                                   36  flags: 80000000 is writable
 * </pre>
 */
final class PeLayout {
    static final int MAGIC = 0x4d5a;
    private static final int SIGNATURE = 0x4550;
    private static final int SECTION_SIZE = 40;

    private PeLayout() {}

    static Optional<Program> read(ProgramBytes bytes) throws InputException, IOException {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        if (!bytes.holds(0, 64)) {
            return Optional.empty();
        }
        long start = Integer.toUnsignedLong(bytes.read(60, 4, order).getInt(0));
        if (!bytes.holds(start, 24) || bytes.read(start, 4, order).getInt(0) != SIGNATURE) {
            return Optional.empty(); // a program for MS-DOS
        }
        ByteBuffer coff = bytes.read(start + 4, 20, order);
        int count = Short.toUnsignedInt(coff.getShort(2));
        int optional = Short.toUnsignedInt(coff.getShort(16));
        long base = 0;
        if (optional >= 32) {
            ByteBuffer header = bytes.read(start + 24, 32, order);
            base = header.getShort(0) == 0x20b ? header.getLong(24) : Integer.toUnsignedLong(header.getInt(28));
        }
        ByteBuffer table = bytes.read(start + 24 + optional, count * SECTION_SIZE, order);
        List<Part> sections = new ArrayList<>(count);
        for (int at = 0; at < count * SECTION_SIZE; at += SECTION_SIZE) {
            sections.add(new Part(
                    ProgramBytes.name(table, at, 8),
                    base + Integer.toUnsignedLong(table.getInt(at + 12)),
                    Integer.toUnsignedLong(table.getInt(at + 20)),
                    Integer.toUnsignedLong(table.getInt(at + 16)),
                    table.getInt(at + 36) < 0));
        }
        return Optional.of(new Program(bytes, order, sections, sections));
    }
}
