package dev.holdfast.inventory.program;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.program.Program.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The headers of an ELF file (System V ABI, chapter 4 and 5). Offsets of the fields used, 32-bit / 64-bit:
 *
 * <pre>
 *   file     4     class: 1 is 32-bit, 2 is 64-bit       5     data: 1 is little-endian, 2 is big-endian
 *            28/32 offset of the program headers         32/40 offset of the section headers
 *            42/54 size of a program header              44/56 how many
 *            46/58 size of a section header              48/60 how many            50/62 index of the names
 *   program  0     type: 1 is loaded                     24/4  flags: 2 is writable
 *            4/8   offset     8/16 address               16/32 bytes in the file
 *   section  0     name       4    type: 8 has no bytes  8     flags: 1 is writable
 *            12/16 address    16/24 offset               20/32 size
 * </pre>
 */
final class ElfLayout {
    static final int MAGIC = 0x7f454c46;
    private static final int LOADED = 1;
    private static final int NO_BYTES = 8;
    /** Names of sections are short; a table beyond this is not one. */
    private static final long MOST_NAMES = 4L << 20;

    private final ProgramBytes bytes;
    private final ByteOrder order;
    private final boolean wide;

    private ElfLayout(ProgramBytes bytes, ByteOrder order, boolean wide) {
        this.bytes = bytes;
        this.order = order;
        this.wide = wide;
    }

    static Program read(ProgramBytes bytes) throws InputException, IOException {
        ByteBuffer identity = bytes.read(0, 16, ByteOrder.LITTLE_ENDIAN);
        ByteOrder order = identity.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ElfLayout elf = new ElfLayout(bytes, order, identity.get(4) == 2);
        ByteBuffer header = bytes.read(0, elf.wide ? 64 : 52, order);
        return new Program(bytes, order, elf.sections(header), elf.segments(header));
    }

    private List<Part> segments(ByteBuffer header) throws InputException, IOException {
        long table = word(header, wide ? 32 : 28);
        int size = Short.toUnsignedInt(header.getShort(wide ? 54 : 42));
        int count = Short.toUnsignedInt(header.getShort(wide ? 56 : 44));
        List<Part> segments = new ArrayList<>();
        if (count == 0 || size < (wide ? 56 : 32)) {
            return segments;
        }
        ByteBuffer entries = bytes.read(table, size * count, order);
        for (int at = 0; at < size * count; at += size) {
            if (entries.getInt(at) == LOADED) {
                boolean writable = (entries.getInt(at + (wide ? 4 : 24)) & 2) != 0;
                segments.add(new Part(
                        "",
                        word(entries, at + (wide ? 16 : 8)),
                        word(entries, at + (wide ? 8 : 4)),
                        word(entries, at + (wide ? 32 : 16)),
                        writable));
            }
        }
        return segments;
    }

    private List<Part> sections(ByteBuffer header) throws InputException, IOException {
        long table = word(header, wide ? 40 : 32);
        int size = Short.toUnsignedInt(header.getShort(wide ? 58 : 46));
        int count = Short.toUnsignedInt(header.getShort(wide ? 60 : 48));
        int names = Short.toUnsignedInt(header.getShort(wide ? 62 : 50));
        List<Part> sections = new ArrayList<>();
        if (table == 0 || count == 0 || names >= count || size < (wide ? 64 : 40)) {
            return sections;
        }
        ByteBuffer entries = bytes.read(table, size * count, order);
        byte[] text =
                bytes.read(offset(entries, names * size), (int) Math.min(MOST_NAMES, length(entries, names * size)));
        for (int at = 0; at < size * count; at += size) {
            boolean hasBytes = entries.getInt(at + 4) != NO_BYTES;
            sections.add(new Part(
                    name(text, entries.getInt(at)),
                    word(entries, at + (wide ? 16 : 12)),
                    offset(entries, at),
                    hasBytes ? length(entries, at) : 0,
                    (word(entries, at + 8) & 1) != 0));
        }
        return sections;
    }

    private long offset(ByteBuffer entries, int at) {
        return word(entries, at + (wide ? 24 : 16));
    }

    private long length(ByteBuffer entries, int at) {
        return Math.max(0, word(entries, at + (wide ? 32 : 20)));
    }

    private long word(ByteBuffer buffer, int at) {
        return wide ? buffer.getLong(at) : Integer.toUnsignedLong(buffer.getInt(at));
    }

    private static String name(byte[] text, int at) {
        if (at < 0 || at >= text.length) {
            return "";
        }
        int end = at;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, at, end - at, StandardCharsets.ISO_8859_1);
    }
}
