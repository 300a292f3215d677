package dev.holdfast.inventory.program;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.FileContent;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * The layout of a program: what its headers say lies where.
 *
 * @param bytes the program
 * @param order its byte order
 * @param sections by the section table; empty when the program is stripped of it
 * @param segments what is loaded to which address
 */
public record Program(ProgramBytes bytes, ByteOrder order, List<Part> sections, List<Part> segments) {
    /**
     * A section or segment.
     *
     * @param name empty for an ELF segment
     * @param address where it is loaded
     * @param offset where it lies in the file
     * @param size bytes in the file
     * @param writable whether the program may write there
     */
    public record Part(String name, long address, long offset, long size, boolean writable) {}

    public Program {
        sections = List.copyOf(sections);
        segments = List.copyOf(segments);
    }

    /** Reads the headers; empty when the file is no program. */
    public static Optional<Program> of(FileContent content) throws InputException, IOException {
        byte[] head = new byte[8];
        if (content.read(0, head, 0, head.length) < head.length) {
            return Optional.empty();
        }
        ProgramBytes bytes = new ProgramBytes(content, 0);
        int magic = (head[0] & 0xff) << 24 | (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | head[3] & 0xff;
        if (magic == ElfLayout.MAGIC) {
            return Optional.of(ElfLayout.read(bytes));
        }
        if (magic >>> 16 == PeLayout.MAGIC) {
            return PeLayout.read(bytes);
        }
        return MachOLayout.read(bytes, magic, head[7] & 0xff);
    }

    public Optional<Part> section(String name) {
        for (Part section : sections) {
            if (section.name().equals(name)) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    /** Where the byte that is loaded to that address lies in the file; empty when none is. */
    public Optional<Long> offsetOf(long address) {
        for (Part segment : segments) {
            long into = address - segment.address();
            if (into >= 0 && into < segment.size()) {
                return Optional.of(segment.offset() + into);
            }
        }
        return Optional.empty();
    }
}
