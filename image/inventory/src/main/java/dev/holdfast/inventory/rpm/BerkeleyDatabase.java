package dev.holdfast.inventory.rpm;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.database.Window;
import dev.holdfast.oci.FileContent;
import java.io.IOException;

/**
 * Reads the {@code Packages} file of rpm 4 up to Enterprise Linux 8: a Berkeley DB hash table, versions 5 to 10, read only.
 *
 * <pre>
 * file      = page { page }                                     all of one size; numbers in the byte order of the machine that wrote it
 * page      = u64 log number, u32 page number, u32 previous, u32 next, u16 entries, u16 free offset, u8 level, u8 type, rest
 * page 0    = u64 log number, u32 page number, u32 magic 0x061561, u32 version, u32 page size, u8 encryption, u8 type 8,
 *             u8 flags, u8, u32 free list, u32 last page, …
 * type 13, 2: a bucket: entries × u16 offsets follow the 26 bytes; items grow from the end of the page downwards,
 *             so an item ends where the one before it begins; they alternate key, value
 * item      = u8 kind:  1 bytes in place
 *                       3 off the page: u8 × 3, u32 first page, u32 length
 * type 7    : overflow: the free offset is how many bytes of value follow the 26 bytes; "next" leads on, 0 ends
 * </pre>
 *
 * The byte order is told by the magic. A value is a header blob; key 0 holds the last package number used instead, four bytes. Buckets are
 * found by walking all pages rather than by hashing: we want every package, and a page that nothing leads to is typed as free.
 */
record BerkeleyDatabase(FileContent content, boolean littleEndian, int pageSize, long pages, Limits limits)
        implements RpmDatabase {
    /** As much of page 0 as is needed. */
    static final int META_BYTES = 512;

    private static final int MAGIC_HASH = 0x061561;
    private static final int MAGIC_AT = 12;
    private static final int PAGE_HEADER = 26;
    private static final int TYPE_AT = 25;
    private static final int ENTRIES_AT = 20;
    private static final int USED_AT = 22;
    private static final int NEXT_AT = 16;

    private static final int HASH_UNSORTED = 2;
    private static final int OVERFLOW = 7;
    private static final int HASH = 13;

    private static final int IN_PLACE = 1;
    private static final int OFF_PAGE = 3;
    private static final int OFF_PAGE_ITEM = 12;

    /** What key 0 holds. */
    private static final int PACKAGE_NUMBER = 4;

    static boolean isOne(Window head) throws InputException {
        return head.has(MAGIC_AT, 4)
                && (head.u32(MAGIC_AT, true) == MAGIC_HASH || head.u32(MAGIC_AT, false) == MAGIC_HASH);
    }

    static BerkeleyDatabase open(Window head, FileContent content, Limits limits) throws InputException {
        boolean littleEndian = head.u32(MAGIC_AT, true) == MAGIC_HASH;
        long pageSize = head.u32(20, littleEndian);
        if (pageSize < 512 || pageSize > 65_536 || Long.bitCount(pageSize) != 1) {
            throw new InputException(
                    InputException.Code.MALFORMED, "a Berkeley DB with pages of " + pageSize + " bytes");
        }
        if (head.u8(24) != 0) {
            throw new InputException(InputException.Code.UNSUPPORTED, "an encrypted Berkeley DB");
        }
        long told = head.u32(32, littleEndian) + 1;
        long pages = content.size() / pageSize;
        if (told > pages) {
            throw new InputException(
                    InputException.Code.TRUNCATED,
                    "a Berkeley DB of " + told + " pages, of which " + pages + " are there");
        }
        return new BerkeleyDatabase(content, littleEndian, (int) pageSize, told, limits);
    }

    @Override
    public String format() {
        return "Berkeley DB";
    }

    @Override
    public void forEachHeader(HeaderVisitor visitor) throws InputException, IOException {
        new Walk(visitor).buckets();
    }

    /** One walk over the pages, with the buffers it needs. */
    private final class Walk {
        private final HeaderVisitor visitor;
        private final Window bucket = new Window(new byte[pageSize], pageSize);
        private final Window overflow = new Window(new byte[pageSize], pageSize);
        private byte[] value = new byte[0];

        /** An honest page belongs to one value only, so more reads than pages mean a database that leads in circles. */
        private long overflowsLeft = pages;

        Walk(HeaderVisitor visitor) {
            this.visitor = visitor;
        }

        void buckets() throws InputException, IOException {
            for (long page = 1; page < pages; page++) {
                readPage(page, bucket);
                int type = bucket.u8(TYPE_AT);
                if (type == HASH || type == HASH_UNSORTED) {
                    values();
                }
            }
        }

        private void values() throws InputException, IOException {
            int entries = bucket.u16(ENTRIES_AT, littleEndian);
            if (!bucket.has(PAGE_HEADER, 2 * entries)) {
                throw malformed("a page that tells " + entries + " entries");
            }
            for (int i = 1; i < entries; i += 2) {
                int at = offset(i);
                int end = offset(i - 1);
                if (at >= end || end > pageSize) {
                    throw malformed("a page whose entry " + i + " lies from byte " + at + " to " + end);
                }
                value(at, end);
            }
        }

        private int offset(int entry) throws InputException {
            return bucket.u16(PAGE_HEADER + 2 * entry, littleEndian);
        }

        private void value(int at, int end) throws InputException, IOException {
            int kind = bucket.u8(at);
            if (kind == OFF_PAGE && end - at >= OFF_PAGE_ITEM) {
                long length = bucket.u32(at + 8, littleEndian);
                chain(bucket.u32(at + 4, littleEndian), length);
                visitor.header(value, 0, (int) length);
            } else if (kind == IN_PLACE && end - at > PACKAGE_NUMBER + 1) {
                int length = end - at - 1;
                grow(length);
                System.arraycopy(bucket.bytes(), at + 1, value, 0, length);
                visitor.header(value, 0, length);
            } else if (kind != IN_PLACE) {
                throw malformed("an entry of kind " + kind + ", which rpm does not write");
            }
        }

        /** Gathers a value from its overflow pages. */
        private void chain(long first, long length) throws InputException, IOException {
            if (length > Math.min(limits.fileBytes(), content.size())) {
                throw malformed("a package header of " + length + " bytes in a file of " + content.size());
            }
            grow((int) length);
            int have = 0;
            long page = first;
            while (have < length) {
                if (page == 0 || page >= pages || overflowsLeft-- == 0) {
                    throw malformed(
                            "a package header that ends after " + have + " of " + length + " bytes, at page " + page);
                }
                readPage(page, overflow);
                int used = overflow.u16(USED_AT, littleEndian);
                if (overflow.u8(TYPE_AT) != OVERFLOW
                        || used == 0
                        || !overflow.has(PAGE_HEADER, used)
                        || used > length - have) {
                    throw malformed("page " + page + " is not what a package header continues on");
                }
                System.arraycopy(overflow.bytes(), PAGE_HEADER, value, have, used);
                have += used;
                page = overflow.u32(NEXT_AT, littleEndian);
            }
        }

        private void grow(int length) {
            if (value.length < length) {
                value = new byte[Math.max(length, 2 * value.length)];
            }
        }
    }

    private void readPage(long page, Window into) throws InputException, IOException {
        int have = content.read(page * pageSize, into.bytes(), 0, pageSize);
        if (have < pageSize) {
            throw new InputException(InputException.Code.TRUNCATED, "a Berkeley DB that ends within page " + page);
        }
    }

    private static InputException malformed(String found) {
        return new InputException(InputException.Code.MALFORMED, "a Berkeley DB with " + found);
    }
}
