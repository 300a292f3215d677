package dev.holdfast.oci.containerd;

import dev.holdfast.core.InputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a bbolt database (version 2 of its format): trees of sorted keys in pages, with trees inside of trees. Numbers are little-endian.
 *
 * <pre>
 *   page       0  its number (8)    8  kind (2): 1 branch, 2 leaf, 4 meta    10  count (2)    12  further pages that belong to it (4)
 *   meta       pages 0 and 1, from 16:  0  ED0CDAED (4)   4  version (4)   8  bytes of a page (4)
 *              16  page of the root (8)   24  sequence (8)   32  free list (8)   40  pages in all (8)   48  transaction (8)   56  FNV-1a (8)
 *   branch     from 16, each 16:  0  where its key is, from here (4)   4  bytes of the key (4)   8  page (8)
 *   leaf       from 16, each 16:  0  kind (4): 1 is a bucket   4  where its key is, from here (4)   8  bytes of the key (4)   12  of the value (4)
 *   bucket     0  page of its root (8), or 0: the root page follows at 16    8  sequence (8)
 * </pre>
 *
 * The meta page with the higher transaction and a right checksum is the one that counts. A writer never changes a page that a transaction
 * before the last may read, so what was read is whole when no more than one transaction ended meanwhile; see {@link #isStillWhole}.
 */
final class BoltFile implements Closeable {
    private static final int MAGIC = 0xed0cdaed;
    private static final int VERSION = 2;
    private static final int HEADER = 16;
    private static final int ELEMENT = 16;
    private static final int META_BYTES = 64;
    private static final int BRANCH = 1;
    private static final int LEAF = 2;
    private static final int BUCKET = 1;
    private static final int MOST_PAGE = 64 << 10;
    private static final int MOST_DEPTH = 32;
    /** Pages that one run reads; a store with ten thousand images has a tenth of it. */
    private static final int MOST_PAGES = 1 << 18;

    private final FileChannel file;
    private final Meta meta;
    private int pagesRead;

    /** A tree of keys: a page, or bytes of a value. */
    record Bucket(ByteBuffer root) {}

    /** Takes what a bucket holds, in the order of the keys. */
    @FunctionalInterface
    interface Visitor {
        void entry(byte[] key, ByteBuffer value, boolean isBucket) throws InputException, IOException;
    }

    private record Meta(int pageSize, long root, long transaction) {}

    private BoltFile(FileChannel file, Meta meta) {
        this.file = file;
        this.meta = meta;
    }

    static BoltFile open(Path path) throws InputException, IOException {
        FileChannel file = FileChannel.open(path);
        try {
            return new BoltFile(file, newestMeta(file));
        } catch (InputException | IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    private static Meta newestMeta(FileChannel file) throws InputException, IOException {
        Optional<Meta> first = meta(file, 0);
        // where the first is torn, the second is looked for behind pages of every usual size
        Optional<Meta> newest = first;
        for (int size = first.map(Meta::pageSize).orElse(1 << 10); size <= MOST_PAGE; size <<= 1) {
            Optional<Meta> second = meta(file, size);
            if (second.isPresent()
                    && second.get().transaction()
                            > newest.map(Meta::transaction).orElse(-1L)) {
                newest = second;
            }
            if (first.isPresent()) {
                break;
            }
        }
        return newest.orElseThrow(() -> malformed("it is no bbolt database, or of another version"));
    }

    private static Optional<Meta> meta(FileChannel file, long at) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + META_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) > 0) {
            // until it is whole
        }
        if (bytes.hasRemaining() || bytes.getInt(HEADER) != MAGIC || bytes.getInt(HEADER + 4) != VERSION) {
            return Optional.empty();
        }
        int size = bytes.getInt(HEADER + 8);
        boolean isWhole = fnv(bytes.array(), HEADER, 56) == bytes.getLong(HEADER + 56);
        return isWhole && size >= HEADER + META_BYTES && size <= MOST_PAGE
                ? Optional.of(new Meta(size, bytes.getLong(HEADER + 16), bytes.getLong(HEADER + 48)))
                : Optional.empty();
    }

    private static long fnv(byte[] bytes, int from, int length) {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ bytes[i] & 0xff) * 0x100000001b3L;
        }
        return hash;
    }

    Bucket root() throws InputException, IOException {
        return new Bucket(page(meta.root()));
    }

    /** The bucket of that name inside of another. */
    Optional<Bucket> bucket(Bucket in, String name) throws InputException, IOException {
        Found found = new Found(name, true);
        visit(in, found);
        return found.value == null ? Optional.empty() : Optional.of(bucket(found.value));
    }

    /** The value of that key. */
    Optional<ByteBuffer> value(Bucket in, String name) throws InputException, IOException {
        Found found = new Found(name, false);
        visit(in, found);
        return Optional.ofNullable(found.value);
    }

    /** The bucket that a value is. */
    Bucket bucket(ByteBuffer value) throws InputException, IOException {
        if (value.remaining() < 16) {
            throw malformed("a bucket has " + value.remaining() + " bytes");
        }
        long root = value.getLong(0);
        return new Bucket(root == 0 ? slice(value, 16, value.remaining() - 16) : page(root));
    }

    void visit(Bucket bucket, Visitor visitor) throws InputException, IOException {
        visit(bucket.root(), 0, visitor);
    }

    private void visit(ByteBuffer page, int depth, Visitor visitor) throws InputException, IOException {
        if (depth > MOST_DEPTH || page.remaining() < HEADER) {
            throw malformed("its tree is broken");
        }
        int kind = page.getShort(8);
        int count = Short.toUnsignedInt(page.getShort(10));
        for (int i = 0; i < count; i++) {
            int at = HEADER + i * ELEMENT;
            if (at + ELEMENT > page.remaining()) {
                throw malformed("a page names more entries than it holds");
            }
            switch (kind) {
                case BRANCH -> visit(page(page.getLong(at + 8)), depth + 1, visitor);
                case LEAF -> {
                    ByteBuffer key = slice(page, at + offset(page, at + 4), page.getInt(at + 8));
                    ByteBuffer value =
                            slice(page, at + offset(page, at + 4) + (long) page.getInt(at + 8), page.getInt(at + 12));
                    visitor.entry(bytes(key), value, (page.getInt(at) & BUCKET) != 0);
                }
                default -> throw malformed("a page of its tree is of kind " + kind);
            }
        }
    }

    private static long offset(ByteBuffer page, int at) {
        return Integer.toUnsignedLong(page.getInt(at));
    }

    private static ByteBuffer slice(ByteBuffer from, long at, int length) throws InputException {
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

    /** A page with those that belong to it. */
    private ByteBuffer page(long number) throws InputException, IOException {
        if (++pagesRead > MOST_PAGES) {
            throw malformed("it has more than " + MOST_PAGES + " pages, or they form a circle");
        }
        ByteBuffer head = read(number, HEADER);
        long length = (Integer.toUnsignedLong(head.getInt(12)) + 1) * meta.pageSize();
        if (length > Integer.MAX_VALUE - 8 || length > file.size()) {
            throw malformed("a page has " + length + " bytes");
        }
        return read(number, (int) length);
    }

    private ByteBuffer read(long number, int length) throws InputException, IOException {
        if (number < 0 || number > file.size() / meta.pageSize()) {
            throw malformed("it names page " + number + " and has " + file.size() / meta.pageSize());
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, number * meta.pageSize() + bytes.position()) > 0) {
            // until it is whole
        }
        if (bytes.hasRemaining()) {
            throw new InputException(InputException.Code.TRUNCATED, "page " + number + " is cut off");
        }
        return bytes.flip();
    }

    /** Whether all that was read belongs to one state of the database. Otherwise begin again. */
    boolean isStillWhole() throws InputException, IOException {
        return newestMeta(file).transaction() - meta.transaction() <= 1;
    }

    private static InputException malformed(String what) {
        return new InputException(InputException.Code.MALFORMED, what);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Looks for one key. */
    private static final class Found implements Visitor {
        private final byte[] sought;
        private final boolean wantsBucket;

        @org.jspecify.annotations.Nullable
        private ByteBuffer value;

        Found(String name, boolean wantsBucket) {
            this.sought = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            this.wantsBucket = wantsBucket;
        }

        @Override
        public void entry(byte[] key, ByteBuffer content, boolean isBucket) {
            if (isBucket == wantsBucket && Arrays.equals(key, sought)) {
                value = content;
            }
        }
    }
}
