package dev.holdfast.inventory.rpm;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.database.Window;
import dev.holdfast.oci.FileContent;
import java.io.IOException;

/**
 * Reads {@code Packages.db}, rpm's own format of SUSE and openSUSE, read only.
 *
 * <pre>
 * file   = header, slots, blobs                                 all numbers little-endian, places counted in units of 16 bytes
 * header = "RpmP", u32 version 0, u32 generation, u32 slot pages, u32 next package number, u32 × 3        two units
 * slots  = { "Slot", u32 package number, u32 first unit of the blob, u32 units }                          to the end of the slot pages
 * blob   = "BlbS", u32 package number, u32 generation, u32 length, length bytes, padding, u32 adler, u32 length, "BlbE"
 * </pre>
 *
 * A slot page has 4,096 bytes; the header takes the first two slots of the first. Package number 0 is a free slot. The checksum guards
 * against torn writes, not against forgery: we check the marks, the number and the length at both ends instead.
 */
record NdbDatabase(FileContent content, int slotPages, Limits limits) implements RpmDatabase {
    private static final long MAGIC = mark('R', 'p', 'm', 'P');
    private static final long SLOT = mark('S', 'l', 'o', 't');
    private static final long BLOB_START = mark('B', 'l', 'b', 'S');
    private static final long BLOB_END = mark('B', 'l', 'b', 'E');

    private static final int UNIT = 16;
    private static final int HEADER = 2 * UNIT;
    private static final int SLOT_PAGE = 4_096;
    private static final int BLOB_HEADER = 16;
    private static final int BLOB_TAIL = 12;

    static boolean isOne(Window head) throws InputException {
        return head.has(0, HEADER) && head.u32(0, true) == MAGIC;
    }

    static NdbDatabase open(Window head, FileContent content, Limits limits) throws InputException {
        long version = head.u32(4, true);
        if (version != 0) {
            throw new InputException(InputException.Code.UNSUPPORTED, "an NDB of version " + version + "; 0 is known");
        }
        long slotPages = head.u32(12, true);
        if (slotPages < 1 || slotPages > content.size() / SLOT_PAGE) {
            throw malformed(slotPages + " slot pages in " + content.size() + " bytes");
        }
        return new NdbDatabase(content, (int) slotPages, limits);
    }

    @Override
    public String format() {
        return "NDB";
    }

    @Override
    public void forEachHeader(HeaderVisitor visitor) throws InputException, IOException {
        new Walk(visitor).slots();
    }

    /** One walk over the slots, with the buffer it needs. */
    private final class Walk {
        private final HeaderVisitor visitor;
        private byte[] blob = new byte[0];

        /** Honest blobs do not overlap, so more bytes than the file has mean slots that point to the same place. */
        private long bytesLeft = content.size();

        Walk(HeaderVisitor visitor) {
            this.visitor = visitor;
        }

        void slots() throws InputException, IOException {
            Window slots = new Window(new byte[SLOT_PAGE], SLOT_PAGE);
            for (int page = 0; page < slotPages; page++) {
                readFully((long) page * SLOT_PAGE, slots.bytes(), SLOT_PAGE);
                for (int at = page == 0 ? HEADER : 0; at < SLOT_PAGE; at += UNIT) {
                    if (slots.u32(at, true) != SLOT) {
                        throw malformed("a slot without its mark, at byte " + ((long) page * SLOT_PAGE + at));
                    }
                    long number = slots.u32(at + 4, true);
                    if (number != 0) {
                        blob(number, slots.u32(at + 8, true) * UNIT, slots.u32(at + 12, true) * UNIT);
                    }
                }
            }
        }

        private void blob(long number, long position, long length) throws InputException, IOException {
            bytesLeft -= length;
            if (length < BLOB_HEADER + BLOB_TAIL || length > limits.fileBytes() || bytesLeft < 0) {
                throw malformed("package " + number + " in " + length + " bytes");
            }
            if (blob.length < length) {
                blob = new byte[(int) Math.max(length, Math.min(2L * blob.length, limits.fileBytes()))];
            }
            readFully(position, blob, (int) length);
            Window window = new Window(blob, (int) length);
            long told = window.u32(12, true);
            int tail = (int) length - BLOB_TAIL;
            if (window.u32(0, true) != BLOB_START
                    || window.u32(4, true) != number
                    || told > tail - BLOB_HEADER
                    || window.u32(tail + 4, true) != told
                    || window.u32(tail + 8, true) != BLOB_END) {
                throw malformed("package " + number + " whose marks are wrong, at byte " + position);
            }
            visitor.header(blob, BLOB_HEADER, (int) told);
        }
    }

    private void readFully(long position, byte[] into, int length) throws InputException, IOException {
        if (content.read(position, into, 0, length) < length) {
            throw new InputException(
                    InputException.Code.TRUNCATED, "an NDB that ends within the part at byte " + position);
        }
    }

    private static long mark(char a, char b, char c, char d) {
        return a | b << 8 | c << 16 | (long) d << 24;
    }

    private static InputException malformed(String found) {
        return new InputException(InputException.Code.MALFORMED, "an NDB with " + found);
    }
}
