package dev.holdfast.oci.layer;

import dev.holdfast.memory.DamagedFactsException;
import dev.holdfast.memory.FactReader;
import dev.holdfast.memory.FactWriter;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.column.ByteRope;
import dev.holdfast.oci.column.IntColumn;
import dev.holdfast.oci.column.LongColumn;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one pass over a layer found: its entries in the order of the tar, as columns of numbers: 12 bytes an entry, and, until they are
 * merged, two bytes and the part of its path that differs from the one before.
 *
 * <p>Filled by the one thread that reads the layer, then handed to the one that merges; afterwards only {@link #setLocation} changes
 * it, under the lock of its {@link LayerContents}.
 */
public final class LayerIndex {
    /** An entry's kind; {@link FileType} and what only a changeset can hold. */
    public enum Kind {
        REGULAR(FileType.REGULAR),
        DIRECTORY(FileType.DIRECTORY),
        SYMBOLIC_LINK(FileType.SYMBOLIC_LINK),
        CHARACTER_DEVICE(FileType.CHARACTER_DEVICE),
        BLOCK_DEVICE(FileType.BLOCK_DEVICE),
        FIFO(FileType.FIFO),
        SOCKET(FileType.SOCKET),
        /** Resolved when merging: becomes what its target is. */
        HARD_LINK(FileType.REGULAR),
        /** Hides the lower entry of this path. */
        WHITEOUT(FileType.WHITEOUT),
        /** Hides the lower children of this path. */
        OPAQUE(FileType.WHITEOUT);

        public final FileType type;

        Kind(FileType type) {
            this.type = type;
        }
    }

    /** Somebody wants the content. */
    public static final int WANTED = 1;
    /** It begins like a program. */
    public static final int PROGRAM = 2;

    private static final Kind[] KINDS = Kind.values();
    private static final long[] NO_EXTENTS = {};

    /** The location of content that was passed over: another pass must fetch it. */
    public static final long NOT_KEPT = -1;

    private static final int FLAG_SHIFT = 4;
    private static final int MODE_SHIFT = 8;
    private static final int KIND_MASK = (1 << FLAG_SHIFT) - 1;
    private static final int FLAG_MASK = (1 << MODE_SHIFT - FLAG_SHIFT) - 1;

    private int count;
    /** Kind, flags and mode of an entry in one number. */
    private final IntColumn heads = new IntColumn(0);

    private final LongColumn sizes = new LongColumn(0);
    private final LongColumn locations = new LongColumn(NOT_KEPT);
    private final Map<Integer, long[]> extents = new HashMap<>();

    /**
     * The paths in order, each by how it differs from the one before:
     *
     * <pre>
     * path = shared rest bytes ;     how many first bytes are the same, and how many follow: numbers of 7 bits a byte, the lowest first
     * </pre>
     */
    private ByteRope paths = new ByteRope();

    private final ByteRope links = new ByteRope();
    private byte[] lastPath = new byte[256];
    private int lastPathLength;
    private boolean hidesLower;

    public int count() {
        return count;
    }

    /** Whether any entry is a {@link Kind#WHITEOUT} or {@link Kind#OPAQUE}. */
    public boolean hidesLower() {
        return hidesLower;
    }

    public Kind kind(int entry) {
        return KINDS[heads.get(entry) & KIND_MASK];
    }

    public int mode(int entry) {
        return heads.get(entry) >>> MODE_SHIFT;
    }

    @SuppressWarnings("EnumOrdinal") // no such number outlives the program: facts name it by oneOf
    private static int code(Kind kind) {
        return kind.ordinal();
    }

    /** Bytes of content. */
    public long size(int entry) {
        return kind(entry) == Kind.REGULAR ? sizes.get(entry) : 0;
    }

    public boolean has(int entry, int flag) {
        return (heads.get(entry) & flag << FLAG_SHIFT) != 0;
    }

    public void set(int entry, int flag) {
        heads.set(entry, heads.get(entry) | flag << FLAG_SHIFT);
    }

    /** Where the content is kept: a position whose meaning the layer's {@link LayerContents} knows, or {@link #NOT_KEPT}. */
    public long location(int entry) {
        return locations.get(entry);
    }

    public void setLocation(int entry, long location) {
        locations.set(entry, location);
    }

    /** The extents of a sparse file, empty for one that is stored whole; see {@link dev.holdfast.archive.TarEntry#extents}. */
    public long[] extents(int entry) {
        return extents.getOrDefault(entry, NO_EXTENTS);
    }

    public boolean isSparse(int entry) {
        return extents.containsKey(entry);
    }

    /** The target of a link, as the tar names it. */
    public byte[] link(int entry) {
        byte[] link = new byte[(int) sizes.get(entry)];
        links.copy(locations.get(entry), link.length, link, 0);
        return link;
    }

    /** Adds an entry without content. */
    public int add(Kind kind, byte[] path, int pathLength, int mode) {
        int entry = addPath(path, pathLength);
        heads.set(entry, code(kind) | (char) mode << MODE_SHIFT);
        hidesLower |= kind == Kind.WHITEOUT || kind == Kind.OPAQUE;
        return entry;
    }

    public int addRegular(byte[] path, int pathLength, int mode, long size) {
        int entry = add(Kind.REGULAR, path, pathLength, mode);
        sizes.set(entry, size);
        return entry;
    }

    public void setExtents(int entry, long[] pairs) {
        extents.put(entry, pairs);
    }

    public int addLink(Kind kind, byte[] path, int pathLength, int mode, byte[] link, int linkLength) {
        int entry = add(kind, path, pathLength, mode);
        locations.set(entry, links.length());
        sizes.set(entry, linkLength);
        links.append(link, 0, linkLength);
        return entry;
    }

    private int addPath(byte[] path, int length) {
        int same = Arrays.mismatch(lastPath, 0, lastPathLength, path, 0, length);
        same = same < 0 ? length : same;
        appendPath(same, path, same, length);
        if (lastPath.length < length) {
            lastPath = new byte[Math.max(length, lastPath.length * 2)];
            System.arraycopy(path, 0, lastPath, 0, length);
        } else {
            System.arraycopy(path, same, lastPath, same, length - same);
        }
        lastPathLength = length;
        return count++;
    }

    private void appendPath(int same, byte[] bytes, int from, int to) {
        appendNumber(same);
        appendNumber(to - from);
        paths.append(bytes, from, to);
    }

    private void appendNumber(int number) {
        int rest = number;
        while (rest > 0x7f) {
            paths.append(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        paths.append(rest);
    }

    /**
     * Writes the entries down, before {@link #forgetPaths}. Where a content lies is left out: it is another place next time.
     *
     * <pre>
     * index = count { kind flags mode shared suffix size } paths links sparse ;     numbers, but paths and links
     * sparse = list of: entry, list of extents ;
     * </pre>
     */
    public void write(FactWriter facts) {
        facts.number(count);
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        Paths walk = new Paths(false);
        while (walk.advance()) {
            int entry = walk.entry();
            int rest = walk.length() - walk.shared();
            facts.oneOf(KINDS, kind(entry))
                    .number(heads.get(entry) >>> FLAG_SHIFT & FLAG_MASK)
                    .number(mode(entry));
            facts.number(walk.shared()).number(rest).number(sizes.get(entry));
            names.write(walk.bytes(), walk.shared(), rest);
        }
        byte[] targets = new byte[(int) links.length()];
        links.copy(0, targets.length, targets, 0);
        facts.bytes(names.toByteArray()).bytes(targets);
        facts.list(List.copyOf(new TreeMap<>(extents).entrySet()), sparse -> {
            facts.number(sparse.getKey()).number(sparse.getValue().length);
            for (long bound : sparse.getValue()) {
                facts.number(bound);
            }
        });
    }

    /** Reads what {@link #write} wrote; every content is to be fetched. */
    public static LayerIndex read(FactReader facts) throws DamagedFactsException {
        LayerIndex index = new LayerIndex();
        int count = facts.number(Integer.MAX_VALUE / Long.BYTES);
        int[] bounds = new int[2 * Math.min(count, 1 << 16)];
        long pathBytes = 0;
        long linkBytes = 0;
        int before = 0;
        for (int entry = 0; entry < count; entry++) {
            Kind kind = facts.oneOf(KINDS);
            int flags = facts.number(WANTED | PROGRAM);
            index.heads.set(entry, code(kind) | flags << FLAG_SHIFT | facts.number(Character.MAX_VALUE) << MODE_SHIFT);
            if (2 * entry == bounds.length) {
                bounds = Arrays.copyOf(bounds, Math.min(2 * count, 2 * bounds.length));
            }
            int shared = facts.number(before);
            int rest = facts.number(Character.MAX_VALUE - shared);
            bounds[2 * entry] = shared;
            bounds[2 * entry + 1] = rest;
            before = shared + rest;
            pathBytes += rest;
            long size = facts.number();
            index.sizes.set(entry, size);
            index.hidesLower |= kind == Kind.WHITEOUT || kind == Kind.OPAQUE;
            if (kind == Kind.SYMBOLIC_LINK || kind == Kind.HARD_LINK) {
                index.locations.set(entry, linkBytes);
                linkBytes += checkedLength(size);
            }
        }
        index.count = count;
        byte[] names = facts.bytes();
        byte[] targets = facts.bytes();
        if (names.length != pathBytes || targets.length != linkBytes) {
            throw new DamagedFactsException("paths of another length than the entries say");
        }
        index.links.append(targets, 0, targets.length);
        int at = 0;
        for (int entry = 0; entry < count; entry++) {
            int end = at + bounds[2 * entry + 1];
            index.appendPath(bounds[2 * entry], names, at, end);
            at = end;
        }
        int sparse = facts.number(count);
        for (int i = 0; i < sparse; i++) {
            index.extents.put(facts.number(count), readExtents(facts));
        }
        return index;
    }

    private static int checkedLength(long length) throws DamagedFactsException {
        if (length < 0 || length > Character.MAX_VALUE) {
            throw new DamagedFactsException("a link of " + length + " bytes");
        }
        return (int) length;
    }

    private static long[] readExtents(FactReader facts) throws DamagedFactsException {
        long[] bounds = new long[facts.number(1 << 20)];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = facts.number();
        }
        return bounds;
    }

    /** Lets go of the paths once they are merged. */
    public void forgetPaths() {
        paths = new ByteRope();
        lastPath = new byte[0];
    }

    /** Reads the paths again, in order. */
    public final class Paths {
        private final boolean isLast;
        private int next;
        private long offset;
        private byte[] path = new byte[256];
        private int shared;
        private int length;

        /** @param isLast whether nobody will read them again, so that each may go once it is behind */
        public Paths(boolean isLast) {
            this.isLast = isLast;
        }

        /** Steps to the next entry; false behind the last. */
        public boolean advance() {
            if (next == count) {
                return false;
            }
            if (isLast) {
                paths.forgetBefore(offset);
            }
            shared = number();
            int rest = number();
            length = shared + rest;
            if (path.length < length) {
                path = Arrays.copyOf(path, Math.max(length, path.length * 2));
            }
            paths.copy(offset, rest, path, shared);
            offset += rest;
            next++;
            return true;
        }

        private int number() {
            int number = 0;
            int shift = 0;
            int part = paths.at(offset++);
            while (part < 0) {
                number |= (part & 0x7f) << shift;
                shift += 7;
                part = paths.at(offset++);
            }
            return number | part << shift;
        }

        public int entry() {
            return next - 1;
        }

        /** How many first bytes are those of the entry before. */
        public int shared() {
            return shared;
        }

        /** Normalised, without the leading slash; the first {@link #length()} bytes count, until the next step. */
        public byte[] bytes() {
            return path;
        }

        public int length() {
            return length;
        }
    }
}
