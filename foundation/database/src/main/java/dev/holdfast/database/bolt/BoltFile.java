package dev.holdfast.database.bolt;

import dev.holdfast.core.InputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a bbolt database (version 2 of its format): trees of sorted keys in {@link BoltPage}s, with trees inside of trees. Numbers are little-endian.
 *
 * <pre>
 *   meta       pages 0 and 1, from 16:  0  ED0CDAED (4)   4  version (4)   8  bytes of a page (4)
 *              16  page of the root (8)   24  sequence (8)   32  free list (8)   40  pages in all (8)   48  transaction (8)   56  FNV-1a (8)
 *   bucket     0  page of its root (8), or 0: the root page follows at 16    8  sequence (8)
 * </pre>
 *
 * The meta page with the higher transaction and a right checksum is the one that counts. A writer never changes a page that a transaction
 * before the last may read, so what was read is whole when no more than one transaction ended meanwhile: otherwise {@link #read} begins again.
 *
 * <p>What one reading takes is bounded: {@value #MOST_BYTES} bytes of pages in all, {@value #MOST_PAGE_BYTES} of one with those that belong to it,
 * trees {@value #MOST_DEPTH} deep.
 */
public final class BoltFile implements Closeable {
    private static final int MAGIC = 0xed0cdaed;
    private static final int VERSION = 2;
    private static final int META_BYTES = 64;
    private static final int BUCKET_HEADER = 16;
    private static final int MOST_PAGE = 64 << 10;
    /** Those of engines are three or four deep. */
    private static final int MOST_DEPTH = 16;
    /** A value lies in one page with those that belong to it; engines write a few kilobytes. */
    private static final int MOST_PAGE_BYTES = 16 << 20;
    /** A store with ten thousand images has less than half of it. */
    private static final int MOST_BYTES = 256 << 20;

    private static final int ATTEMPTS = 5;

    private final FileChannel file;
    private final Meta meta;
    private long bytesRead;

    /** A tree of keys: a page, or bytes of a value. */
    public record Bucket(ByteBuffer root) {}

    /** Takes what a bucket holds, in the order of the keys. */
    @FunctionalInterface
    public interface Visitor {
        void entry(byte[] key, ByteBuffer value, boolean isBucket) throws InputException, IOException;
    }

    /** What somebody wants to know; asked again when the database changed meanwhile. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(BoltFile bolt) throws InputException, IOException;
    }

    private record Meta(int pageSize, long root, long transaction) {}

    private BoltFile(FileChannel file, Meta meta) {
        this.file = file;
        this.meta = meta;
    }

    /**
     * Reads while others write.
     *
     * @throws InputException when it is no such database, or a damaged one; the message begins with the file
     */
    public static <T> T read(Path path, Reading<T> reading) throws InputException, IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try (BoltFile bolt = open(path)) {
                T found = reading.of(bolt);
                if (bolt.isStillWhole()) {
                    return found;
                }
            } catch (InputException broken) {
                // a page that was given away while we read looks broken
                if (attempt == ATTEMPTS) {
                    throw broken.in(String.valueOf(path));
                }
            }
        }
        throw new IOException(path + ": it is written faster than it can be read; try again");
    }

    private static BoltFile open(Path path) throws InputException, IOException {
        if (!Files.isRegularFile(path)) {
            throw BoltPage.malformed("it is no file");
        }
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
        return newest.orElseThrow(() -> BoltPage.malformed("it is no bbolt database, or of another version"));
    }

    private static Optional<Meta> meta(FileChannel file, long at) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BoltPage.HEADER + META_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) > 0) {
            // until it is whole
        }
        int start = BoltPage.HEADER;
        if (bytes.hasRemaining() || bytes.getInt(start) != MAGIC || bytes.getInt(start + 4) != VERSION) {
            return Optional.empty();
        }
        int size = bytes.getInt(start + 8);
        boolean isWhole = fnv(bytes.array(), start, 56) == bytes.getLong(start + 56);
        return isWhole && size >= start + META_BYTES && size <= MOST_PAGE
                ? Optional.of(new Meta(size, bytes.getLong(start + 16), bytes.getLong(start + 48)))
                : Optional.empty();
    }

    private static long fnv(byte[] bytes, int from, int length) {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ bytes[i] & 0xff) * 0x100000001b3L;
        }
        return hash;
    }

    public Bucket root() throws InputException, IOException {
        return new Bucket(page(meta.root()));
    }

    /** The bucket that these names lead to, from the root on. */
    public Optional<Bucket> bucket(String... path) throws InputException, IOException {
        Optional<Bucket> bucket = Optional.of(root());
        for (String name : path) {
            if (bucket.isPresent()) {
                bucket = bucket(bucket.get(), name);
            }
        }
        return bucket;
    }

    /** The bucket of that name inside of another. */
    public Optional<Bucket> bucket(Bucket in, String name) throws InputException, IOException {
        Optional<ByteBuffer> found = seek(in, name, true);
        return found.isEmpty() ? Optional.empty() : Optional.of(bucket(found.get()));
    }

    /** The bucket that a value is. */
    public Bucket bucket(ByteBuffer value) throws InputException, IOException {
        if (value.remaining() < BUCKET_HEADER) {
            throw BoltPage.malformed("a bucket has " + value.remaining() + " bytes");
        }
        long root = value.getLong(0);
        return new Bucket(
                root == 0 ? BoltPage.slice(value, BUCKET_HEADER, value.remaining() - BUCKET_HEADER) : page(root));
    }

    /** The value of that key. */
    public Optional<ByteBuffer> value(Bucket in, String name) throws InputException, IOException {
        return seek(in, name, false);
    }

    /** The value of that key, as text. */
    public Optional<String> text(Bucket in, String name) throws InputException, IOException {
        return value(in, name).map(BoltFile::text);
    }

    public static String text(ByteBuffer value) {
        return text(bytes(value));
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public static byte[] bytes(ByteBuffer value) {
        return BoltPage.bytes(value);
    }

    /** Goes down to the leaf where a key must be: keys are sorted, and a branch names the first of each page below. */
    private Optional<ByteBuffer> seek(Bucket in, String name, boolean wantsBucket) throws InputException, IOException {
        byte[] sought = name.getBytes(StandardCharsets.UTF_8);
        BoltPage page = BoltPage.of(in.root());
        for (int depth = 0; page.isBranch(); depth++) {
            checkDepth(depth);
            page = BoltPage.of(page(page.child(childFor(page, sought))));
        }
        for (int i = 0; i < page.count(); i++) {
            if (page.isBucket(i) == wantsBucket && Arrays.equals(page.key(i), sought)) {
                return Optional.of(page.value(i));
            }
        }
        return Optional.empty();
    }

    private static int childFor(BoltPage branch, byte[] sought) throws InputException {
        if (branch.count() == 0) {
            throw BoltPage.malformed("a page of its tree leads nowhere");
        }
        int child = 0;
        while (child + 1 < branch.count() && Arrays.compareUnsigned(branch.key(child + 1), sought) <= 0) {
            child++;
        }
        return child;
    }

    /** Hands out everything in a bucket. */
    public void visit(Bucket bucket, Visitor visitor) throws InputException, IOException {
        visit(BoltPage.of(bucket.root()), 0, visitor);
    }

    private void visit(BoltPage page, int depth, Visitor visitor) throws InputException, IOException {
        checkDepth(depth);
        for (int i = 0; i < page.count(); i++) {
            if (page.isBranch()) {
                visit(BoltPage.of(page(page.child(i))), depth + 1, visitor);
            } else {
                visitor.entry(page.key(i), page.value(i), page.isBucket(i));
            }
        }
    }

    private static void checkDepth(int depth) throws InputException {
        if (depth > MOST_DEPTH) {
            throw BoltPage.malformed("its tree is deeper than " + MOST_DEPTH + " pages, or a circle");
        }
    }

    /** A page with those that belong to it. */
    private ByteBuffer page(long number) throws InputException, IOException {
        ByteBuffer head = read(number, BoltPage.HEADER);
        long length = (Integer.toUnsignedLong(head.getInt(12)) + 1) * meta.pageSize();
        if (length > MOST_PAGE_BYTES || length > file.size()) {
            throw BoltPage.malformed("a page has " + length + " bytes");
        }
        bytesRead += length;
        if (bytesRead > MOST_BYTES) {
            throw BoltPage.malformed("it has more than " + MOST_BYTES + " bytes, or its pages form a circle");
        }
        return read(number, (int) length);
    }

    private ByteBuffer read(long number, int length) throws InputException, IOException {
        if (number < 0 || number > file.size() / meta.pageSize()) {
            throw BoltPage.malformed("it names page " + number + " and has " + file.size() / meta.pageSize());
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

    /** Whether all that was read belongs to one state of the database. */
    private boolean isStillWhole() throws InputException, IOException {
        return newestMeta(file).transaction() - meta.transaction() <= 1;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
