package dev.holdfast.database.sqlite;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.database.FileBytes;
import dev.holdfast.database.Window;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads as much of SQLite's file format 3 as it takes to walk one table.
 *
 * <pre>
 * file     = page { page }                      numbers big-endian; pages count from 1; the first 100 bytes of page 1 are the header
 * header   = "SQLite format 3" NUL, u16 page size (1 means 65,536), u8 × 2 versions, u8 reserved bytes at each page's end, …
 * page     = u8 kind, u16 free block, u16 cells, u16 start of cells, u8 fragments, [u32 rightmost child], cells × u16 offset, …
 *            kind 5: inner page of a table, has the child;  13: leaf of a table
 * inner    = u32 left child, varint row
 * leaf     = varint length, varint row, payload, [u32 first overflow page]
 * overflow = u32 next page (0 ends), payload
 * payload  = varint header length, { varint type }, values
 * type     = 0 NULL, 1…4 integers of 1…4 bytes, 5 of 6, 6 and 7 of 8, 8 and 9 of none (zero and one),
 *            even from 12: blob of (t-12)/2 bytes, odd from 13: text of (t-13)/2 bytes
 * varint   = 1…9 bytes, seven bits each, highest first, a set top bit goes on; the ninth has eight bits
 * </pre>
 *
 * With U the page size less the reserved bytes, a leaf holds a payload of P bytes whole when P ≤ U-35; else, with M = (U-12)·32/255-23 and
 * K = M + (P-M) mod (U-4), it holds K bytes when K ≤ U-35, and M otherwise.
 *
 * <p>Page 1 is the root of the schema table (type, name, table name, root page, SQL). Pages newer than the file's may stand in the
 * write-ahead log beside it; {@link SqliteLog} overlays them.
 */
public record SqliteDatabase(FileBytes content, SqliteLog log, int pageSize, int usable, Limits limits) {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(US_ASCII);
    private static final int FILE_HEADER = 100;
    private static final int INNER = 5;
    private static final int LEAF = 13;

    /** SQLite's own trees are at most 20 deep. */
    private static final int MOST_LEVELS = 20;

    /** Whether a file that begins so is one. */
    public static boolean isOne(Window head) {
        return head.has(0, FILE_HEADER) && Arrays.equals(head.bytes(), 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Opens a database.
     *
     * @param head of the file, {@value #FILE_HEADER} bytes at least
     */
    public static SqliteDatabase open(Window head, FileBytes content, SqliteLog log, Limits limits)
            throws InputException {
        int told = head.u16(16, false);
        int pageSize = told == 1 ? 65_536 : told;
        int usable = pageSize - head.u8(20);
        if (pageSize < 512 || Integer.bitCount(pageSize) != 1 || usable < 480) {
            throw malformed("pages of " + pageSize + " bytes, " + usable + " of them usable");
        }
        return new SqliteDatabase(content, log.forPages(pageSize), pageSize, usable, limits);
    }

    /** Hands out every row of a table, in the order of the file. */
    public void forEachRow(String table, RowVisitor visitor) throws InputException, IOException {
        SqliteSchema schema = new SqliteSchema();
        new Walk(schema).tree(1, 0);
        new Walk(visitor).tree(schema.rootOf(table), 0);
    }

    /** Takes one row. Its bytes are used again for the next one. */
    @FunctionalInterface
    public interface RowVisitor {
        void row(SqliteRow row) throws InputException, IOException;
    }

    /** One walk over a table. */
    private final class Walk {
        private final RowVisitor visitor;
        private final Window overflow = new Window(new byte[pageSize], pageSize);
        private byte[] row = new byte[pageSize];

        /** An honest page is met once in a walk. */
        private long pagesLeft = Math.max(content.size() / pageSize, log.pages());

        Walk(RowVisitor visitor) {
            this.visitor = visitor;
        }

        void tree(long number, int level) throws InputException, IOException {
            if (level > MOST_LEVELS) {
                throw malformed("a table deeper than " + MOST_LEVELS + " levels");
            }
            Window page = new Window(new byte[pageSize], pageSize);
            read(number, page);
            int start = number == 1 ? FILE_HEADER : 0;
            int kind = page.u8(start);
            int cells = page.u16(start + 3, false);
            if (kind == LEAF) {
                for (int i = 0; i < cells; i++) {
                    leafCell(page, page.u16(start + 8 + 2 * i, false));
                }
            } else if (kind == INNER) {
                for (int i = 0; i < cells; i++) {
                    tree(page.u32(page.u16(start + 12 + 2 * i, false), false), level + 1);
                }
                tree(page.u32(start + 8, false), level + 1);
            } else {
                throw malformed("page " + number + " of kind " + kind + " in a table");
            }
        }

        private void leafCell(Window page, int at) throws InputException, IOException {
            Varint cursor = new Varint(page.bytes(), at, usable);
            long length = cursor.next();
            cursor.next(); // the row's number
            if (length < 0 || length > limits.fileBytes() || length > Math.max(content.size(), log.size())) {
                throw malformed("a row of " + length + " bytes in a file of " + content.size());
            }
            grow((int) length);
            int local = localBytes(length);
            int from = cursor.position();
            if (local > usable - from) {
                throw malformed("a row that leaves its page");
            }
            System.arraycopy(page.bytes(), from, row, 0, local);
            if (local < length) {
                chain(page.u32(from + local, false), local, (int) length);
            }
            visitor.row(new SqliteRow(row, (int) length));
        }

        private int localBytes(long length) {
            int most = usable - 35;
            if (length <= most) {
                return (int) length;
            }
            int least = (usable - 12) * 32 / 255 - 23;
            int fitting = least + (int) ((length - least) % (usable - 4));
            return fitting <= most ? fitting : least;
        }

        private void chain(long first, int have, int length) throws InputException, IOException {
            long page = first;
            int got = have;
            while (got < length) {
                read(page, overflow);
                int part = Math.min(usable - 4, length - got);
                System.arraycopy(overflow.bytes(), 4, row, got, part);
                got += part;
                page = overflow.u32(0, false);
            }
        }

        private void read(long number, Window into) throws InputException, IOException {
            if (number < 1 || pagesLeft-- == 0) {
                throw malformed("a table that leads in circles or nowhere, at page " + number);
            }
            if (!log.read(number, into)
                    && content.read((number - 1) * pageSize, into.bytes(), 0, pageSize) < pageSize) {
                throw new InputException(
                        InputException.Code.TRUNCATED, "an SQLite file that ends before page " + number);
            }
        }

        private void grow(int length) {
            if (row.length < length) {
                row = new byte[(int) Math.max(length, Math.min(2L * row.length, limits.fileBytes()))];
            }
        }
    }

    static InputException malformed(String found) {
        return new InputException(InputException.Code.MALFORMED, "an SQLite file with " + found);
    }
}
