package dev.holdfast.database.bolt;

import dev.holdfast.core.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A page of a tree, with those that belong to it, or the root of a small tree inside of a value. Numbers are little-endian.
 *
 * <pre>
 *   page       0  its number (8)    8  kind (2): 1 branch, 2 leaf    10  count (2)    12  further pages that belong to it (4)
 *   branch     from 16, each 16:  0  where its key is, from here (4)   4  bytes of the key (4)   8  page (8)
 *   leaf       from 16, each 16:  0  kind (4): 1 is a bucket   4  where its key is, from here (4)   8  bytes of the key (4)   12  of the value (4)
 * </pre>
 *
 * The value follows its key. What the entries of a page have together is no more than the page has: entries that lie over one another would make much
 * out of little.
 */
final class BoltPage {
    static final int HEADER = 16;

    private static final int ELEMENT = 16;
    private static final int BRANCH = 1;
    private static final int LEAF = 2;
    private static final int BUCKET = 1;

    private final ByteBuffer bytes;
    private final boolean isBranch;
    private final int count;

    private BoltPage(ByteBuffer bytes, boolean isBranch, int count) {
        this.bytes = bytes;
        this.isBranch = isBranch;
        this.count = count;
    }

    /** The page that these bytes are, of which the first is at 0. */
    static BoltPage of(ByteBuffer bytes) throws InputException {
        if (bytes.remaining() < HEADER) {
            throw malformed("its tree is broken");
        }
        int kind = bytes.getShort(8);
        int count = Short.toUnsignedInt(bytes.getShort(10));
        if (kind != BRANCH && kind != LEAF) {
            throw malformed("a page of its tree is of kind " + kind);
        }
        if (HEADER + count * ELEMENT > bytes.remaining()) {
            throw malformed("a page names more entries than it holds");
        }
        BoltPage page = new BoltPage(bytes, kind == BRANCH, count);
        page.checkEntries();
        return page;
    }

    private void checkEntries() throws InputException {
        long all = 0;
        for (int i = 0; i < count; i++) {
            all += Integer.toUnsignedLong(keyLength(i)) + (isBranch ? 0 : Integer.toUnsignedLong(valueLength(i)));
        }
        if (all > bytes.remaining()) {
            throw malformed("the entries of a page have more bytes than it");
        }
    }

    /** Whether its entries name pages; else they have values. */
    boolean isBranch() {
        return isBranch;
    }

    int count() {
        return count;
    }

    byte[] key(int entry) throws InputException {
        return bytes(slice(bytes, keyStart(entry), keyLength(entry)));
    }

    /** The number of the page below that holds this key and those up to the next. */
    long child(int entry) {
        return bytes.getLong(at(entry) + 8);
    }

    boolean isBucket(int entry) {
        return (bytes.getInt(at(entry)) & BUCKET) != 0;
    }

    ByteBuffer value(int entry) throws InputException {
        return slice(bytes, keyStart(entry) + keyLength(entry), valueLength(entry));
    }

    private static int at(int entry) {
        return HEADER + entry * ELEMENT;
    }

    private long keyStart(int entry) {
        int at = at(entry);
        return at + Integer.toUnsignedLong(bytes.getInt(isBranch ? at : at + 4));
    }

    private int keyLength(int entry) {
        return bytes.getInt(at(entry) + (isBranch ? 4 : 8));
    }

    private int valueLength(int entry) {
        return bytes.getInt(at(entry) + 12);
    }

    static ByteBuffer slice(ByteBuffer from, long at, int length) throws InputException {
        if (at < 0 || length < 0 || at > from.remaining() - (long) length) {
            throw malformed("an entry lies outside of its page");
        }
        return from.slice((int) at, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(0, bytes);
        return bytes;
    }

    static InputException malformed(String what) {
        return new InputException(InputException.Code.MALFORMED, what);
    }
}
