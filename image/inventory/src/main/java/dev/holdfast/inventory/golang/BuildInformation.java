package dev.holdfast.inventory.golang;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.program.Program;
import dev.holdfast.inventory.program.Program.Part;
import dev.holdfast.inventory.program.ProgramBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The block that the Go linker writes since Go 1.13 (debug/buildinfo of the Go library). It is aligned to 16 bytes, in the section
 * {@code .go.buildinfo} (ELF) or {@code __go_buildinfo} (Mach-O), else at the start of the data:
 *
 * <pre>
 *   0  14  FF " Go buildinf:"
 *  14   1  size of a pointer
 *  15   1  flags: bit 0 big-endian, bit 1 the texts stand right here
 *  bit 1 not set, before Go 1.18:   16  pointer to the version   16+p  pointer to the modules
 *                                   each to a Go string: pointer to the text, its length
 *  bit 1 set:                       32  length (varint), version, length (varint), modules
 * </pre>
 *
 * <p>The text of the modules stands between two marks of 16 bytes, by which a running program finds it in its memory.
 *
 * @param goVersion such as {@code go1.22.1}
 * @param modules lines, see {@link ModuleList}; empty when the program was built without modules
 */
record BuildInformation(String goVersion, String modules) {
    private static final byte[] MAGIC = "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);
    private static final int ALIGNMENT = 16;
    private static final int HEADER = 32;
    private static final int IS_BIG_ENDIAN = 1;
    private static final int IS_INLINE = 2;
    private static final int MARK = 16;
    /** Without a section of its own the block stands at the start of the data; the linker puts little before it. */
    private static final int MOST_SEARCHED = 1 << 20;
    /** The modules of the largest known programs take some 100 kB. */
    private static final int MOST_TEXT = 16 << 20;

    private static final int MOST_VERSION = 1 << 10;

    static Optional<BuildInformation> of(Program program, Limits limits) throws InputException, IOException {
        Optional<Part> own = program.section(".go.buildinfo").or(() -> program.section("__go_buildinfo"));
        if (own.isPresent()) {
            program.bytes().requireHeld(own.get().offset(), own.get().size());
        }
        for (Part part : own.map(List::of).orElseGet(() -> dataOf(program))) {
            byte[] bytes = program.bytes().upTo(part.offset(), Math.min(part.size(), MOST_SEARCHED));
            int at = find(bytes);
            if (at >= 0) {
                return Optional.of(decode(program, part.offset() + at, limits));
            }
        }
        return Optional.empty();
    }

    /** Where the block may be without a section of its own; nowhere in a program that has a section table without a trace of Go. */
    private static List<Part> dataOf(Program program) {
        List<Part> data = new ArrayList<>();
        boolean isToldBySections =
                !program.sections().isEmpty() && !program.sections().equals(program.segments());
        if (!isToldBySections || isGoWithoutInformation(program)) {
            for (Part segment : program.segments()) {
                if (segment.writable()) {
                    data.add(segment);
                }
            }
        }
        return data;
    }

    /** Whether the program has sections that only Go makes. */
    static boolean isGoWithoutInformation(Program program) {
        return program.section(".gopclntab").isPresent()
                || program.section(".note.go.buildid").isPresent()
                || program.section("__gopclntab").isPresent();
    }

    private static int find(byte[] bytes) {
        for (int at = 0; at <= bytes.length - HEADER; at += ALIGNMENT) {
            if (bytes[at] == MAGIC[0] && matches(bytes, at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] bytes, int at) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes[at + i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    private static BuildInformation decode(Program program, long at, Limits limits) throws InputException, IOException {
        ByteBuffer header = program.bytes().read(at, HEADER, program.order());
        int most = (int) Math.min(MOST_TEXT, limits.fileBytes());
        if ((header.get(15) & IS_INLINE) != 0) {
            Inline text = new Inline(program.bytes(), at + HEADER);
            String version = text(text.next(MOST_VERSION));
            return new BuildInformation(version, unmarked(text.next(most)));
        }
        int pointer = header.get(14);
        if (pointer != 4 && pointer != 8) {
            throw new InputException(
                    InputException.Code.MALFORMED, "the Go build information has pointers of " + pointer + " bytes");
        }
        ByteOrder order = (header.get(15) & IS_BIG_ENDIAN) != 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        header.order(order);
        String version = text(pointedTo(program, order, pointer, pointer(header, 16, pointer), MOST_VERSION));
        byte[] modules = pointedTo(program, order, pointer, pointer(header, 16 + pointer, pointer), most);
        return new BuildInformation(version, unmarked(modules));
    }

    private static long pointer(ByteBuffer buffer, int at, int size) {
        return size == 8 ? buffer.getLong(at) : Integer.toUnsignedLong(buffer.getInt(at));
    }

    private static byte[] pointedTo(Program program, ByteOrder order, int pointer, long address, int most)
            throws InputException, IOException {
        if (address == 0) {
            return new byte[0];
        }
        ByteBuffer string = program.bytes().read(offset(program, address), 2 * pointer, order);
        long text = pointer(string, 0, pointer);
        long length = pointer(string, pointer, pointer);
        if (length == 0) {
            return new byte[0];
        }
        return program.bytes()
                .read(offset(program, text), checked(length, most), order)
                .array();
    }

    private static long offset(Program program, long address) throws InputException {
        return program.offsetOf(address)
                .orElseThrow(() -> new InputException(
                        InputException.Code.MALFORMED, "the Go build information points outside of the program"));
    }

    private static int checked(long length, int most) throws InputException {
        if (length < 0 || length > most) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "a text of the Go build information claims " + Long.toUnsignedString(length)
                            + " bytes, more than the " + most + " that are read");
        }
        return (int) length;
    }

    /** Texts one after another, each with its length in front. */
    private static final class Inline {
        private final ProgramBytes bytes;
        private long at;

        Inline(ProgramBytes bytes, long at) {
            this.bytes = bytes;
            this.at = at;
        }

        byte[] next(int most) throws InputException, IOException {
            long length = 0;
            int shift = 0;
            byte[] head = bytes.upTo(at, 5);
            int used = 0;
            boolean more = true;
            while (more) {
                if (used == head.length) {
                    throw new InputException(
                            InputException.Code.TRUNCATED,
                            "the Go build information is cut off or has no valid length");
                }
                more = head[used] < 0;
                length |= (long) (head[used++] & 0x7f) << shift;
                shift += 7;
            }
            int size = checked(length, most);
            byte[] text = bytes.read(at + used, size);
            at += used + size;
            return text;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String unmarked(byte[] bytes) {
        boolean isMarked = bytes.length > 2 * MARK && bytes[bytes.length - MARK - 1] == '\n';
        return isMarked ? new String(bytes, MARK, bytes.length - 2 * MARK, StandardCharsets.UTF_8) : "";
    }
}
