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
 * The headers of a Mach-O file (loader.h of XNU), 32-bit / 64-bit:
 *
 * <pre>
 *   file     0  FEEDFACE / FEEDFACF in the program's byte order   16  number of commands   20  their bytes
 *   commands follow at 28/32, each   0  kind (1 / 19h: segment)    4  size
 *   segment  8  name (16)   24  address (4/8)   32/40  offset   36/48  bytes in the file   44/60  protection: 2 is writable
 *            48/64  number of sections, which follow at 56/72, each 68/80 bytes:
 *            0  name (16)   32  address (4/8)   36/40  size   40/48  offset (4)
 * </pre>
 *
 * <p>A universal file ({@code CAFEBABE}, number of programs, then 20 bytes each with the offset at 8; all big-endian) holds one program
 * for each processor; they are built from the same modules, so the first is read. Compiled Java classes begin with the same bytes, but
 * what would be the number is their version, 45 and up.
 */
final class MachOLayout {
    private static final int UNIVERSAL = 0xcafebabe;
    private static final int MOST_PROGRAMS = 16;
    private static final int MOST_COMMANDS = 1 << 20;

    private final ByteBuffer commands;
    private final boolean wide;
    private final List<Part> sections = new ArrayList<>();
    private final List<Part> segments = new ArrayList<>();

    private MachOLayout(ByteBuffer commands, boolean wide) {
        this.commands = commands;
        this.wide = wide;
    }

    /** @param count the eighth byte of the file: the number of programs in a universal one */
    static Optional<Program> read(ProgramBytes bytes, int magic, int count) throws InputException, IOException {
        if (magic == UNIVERSAL && count > 0 && count <= MOST_PROGRAMS && bytes.base() == 0) {
            ByteBuffer first = bytes.read(8, 20, ByteOrder.BIG_ENDIAN);
            ProgramBytes program = new ProgramBytes(bytes.content(), Integer.toUnsignedLong(first.getInt(8)));
            return read(program, program.read(0, 4, ByteOrder.BIG_ENDIAN).getInt(0), 0);
        }
        return switch (magic) {
            case 0xfeedface -> Optional.of(read(bytes, ByteOrder.BIG_ENDIAN, false));
            case 0xfeedfacf -> Optional.of(read(bytes, ByteOrder.BIG_ENDIAN, true));
            case 0xcefaedfe -> Optional.of(read(bytes, ByteOrder.LITTLE_ENDIAN, false));
            case 0xcffaedfe -> Optional.of(read(bytes, ByteOrder.LITTLE_ENDIAN, true));
            default -> Optional.empty();
        };
    }

    private static Program read(ProgramBytes bytes, ByteOrder order, boolean wide) throws InputException, IOException {
        int headerSize = wide ? 32 : 28;
        ByteBuffer header = bytes.read(0, headerSize, order);
        int count = header.getInt(16);
        int size = header.getInt(20);
        if (size < 0 || size > MOST_COMMANDS) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "the program has " + Integer.toUnsignedString(size) + " bytes of load commands");
        }
        MachOLayout layout = new MachOLayout(bytes.read(headerSize, size, order), wide);
        layout.walk(count);
        return new Program(bytes, order, layout.sections, layout.segments);
    }

    private void walk(int count) throws InputException {
        int at = 0;
        for (int i = 0; i < count && at <= commands.capacity() - 8; i++) {
            int size = commands.getInt(at + 4);
            if (size < 8 || size > commands.capacity() - at) {
                throw new InputException(
                        InputException.Code.MALFORMED, "a load command of the program has no valid size");
            }
            if (commands.getInt(at) == (wide ? 0x19 : 1) && size >= (wide ? 72 : 56)) {
                segment(at, size);
            }
            at += size;
        }
    }

    private void segment(int at, int size) {
        boolean writable = (commands.getInt(at + (wide ? 60 : 44)) & 2) != 0;
        segments.add(new Part(
                name(at + 8), word(at + 24), word(at + (wide ? 40 : 32)), word(at + (wide ? 48 : 36)), writable));
        int sectionSize = wide ? 80 : 68;
        int first = at + (wide ? 72 : 56);
        int count = commands.getInt(at + (wide ? 64 : 48));
        for (int i = 0; i < count && first + (i + 1) * sectionSize <= at + size; i++) {
            int section = first + i * sectionSize;
            sections.add(new Part(
                    name(section),
                    word(section + 32),
                    Integer.toUnsignedLong(commands.getInt(section + (wide ? 48 : 40))),
                    word(section + (wide ? 40 : 36)),
                    writable));
        }
    }

    private long word(int at) {
        return wide ? commands.getLong(at) : Integer.toUnsignedLong(commands.getInt(at));
    }

    private String name(int at) {
        return ProgramBytes.name(commands, at, 16);
    }
}
