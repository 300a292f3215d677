package dev.holdfast.oci.layer;

import dev.holdfast.memory.DamagedFactsException;
import dev.holdfast.memory.FactReader;
import dev.holdfast.memory.FactWriter;
import dev.holdfast.oci.FileType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one pass over a layer found: its entries in the order of the tar, as columns of primitive arrays (27 bytes an entry, and the part
 * of its path that differs from the one before).
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

    private int count;
    private Kind[] kinds = new Kind[256];
    private byte[] flags = new byte[256];
    private char[] modes = new char[256];
    private char[] shared = new char[256];
    private char[] suffix = new char[256];
    private long[] sizes = new long[256];
    private long[] locations = new long[256];
    private final Map<Integer, long[]> extents = new HashMap<>();
    private byte[] paths = new byte[4096];
    private int pathsLength;
    private byte[] links = new byte[256];
    private int linksLength;
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
        return kinds[entry];
    }

    public int mode(int entry) {
        return modes[entry];
    }

    /** Bytes of content. */
    public long size(int entry) {
        return kind(entry) == Kind.REGULAR ? sizes[entry] : 0;
    }

    public boolean has(int entry, int flag) {
        return (flags[entry] & flag) != 0;
    }

    public void set(int entry, int flag) {
        flags[entry] |= (byte) flag;
    }

    /** Where the content is kept: a position whose meaning the layer's {@link LayerContents} knows, or {@link #NOT_KEPT}. */
    public long location(int entry) {
        return locations[entry];
    }

    public void setLocation(int entry, long location) {
        locations[entry] = location;
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
        int offset = (int) locations[entry];
        return Arrays.copyOfRange(links, offset, offset + (int) sizes[entry]);
    }

    /** Adds an entry without content. */
    public int add(Kind kind, byte[] path, int pathLength, int mode) {
        int entry = addPath(path, pathLength);
        kinds[entry] = kind;
        modes[entry] = (char) mode;
        locations[entry] = NOT_KEPT;
        hidesLower |= kind == Kind.WHITEOUT || kind == Kind.OPAQUE;
        return entry;
    }

    public int addRegular(byte[] path, int pathLength, int mode, long size) {
        int entry = add(Kind.REGULAR, path, pathLength, mode);
        sizes[entry] = size;
        return entry;
    }

    public void setExtents(int entry, long[] pairs) {
        extents.put(entry, pairs);
    }

    public int addLink(Kind kind, byte[] path, int pathLength, int mode, byte[] link, int linkLength) {
        int entry = add(kind, path, pathLength, mode);
        if (links.length - linksLength < linkLength) {
            links = Arrays.copyOf(links, Math.max(links.length * 2, Math.addExact(linksLength, linkLength)));
        }
        System.arraycopy(link, 0, links, linksLength, linkLength);
        locations[entry] = linksLength;
        sizes[entry] = linkLength;
        linksLength += linkLength;
        return entry;
    }

    private int addPath(byte[] path, int length) {
        if (count == kinds.length) {
            grow();
        }
        int same = Arrays.mismatch(lastPath, 0, lastPathLength, path, 0, length);
        same = same < 0 ? length : same;
        int rest = length - same;
        if (paths.length - pathsLength < rest) {
            paths = Arrays.copyOf(paths, Math.max(paths.length * 2, Math.addExact(pathsLength, rest)));
        }
        System.arraycopy(path, same, paths, pathsLength, rest);
        pathsLength += rest;
        shared[count] = (char) same;
        suffix[count] = (char) rest;
        if (lastPath.length < length) {
            lastPath = new byte[Math.max(length, lastPath.length * 2)];
            System.arraycopy(path, 0, lastPath, 0, length);
        } else {
            System.arraycopy(path, same, lastPath, same, rest);
        }
        lastPathLength = length;
        return count++;
    }

    private void grow() {
        int capacity = count * 2;
        kinds = Arrays.copyOf(kinds, capacity);
        flags = Arrays.copyOf(flags, capacity);
        modes = Arrays.copyOf(modes, capacity);
        shared = Arrays.copyOf(shared, capacity);
        suffix = Arrays.copyOf(suffix, capacity);
        sizes = Arrays.copyOf(sizes, capacity);
        locations = Arrays.copyOf(locations, capacity);
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
        for (int entry = 0; entry < count; entry++) {
            facts.oneOf(KINDS, kinds[entry]).number(flags[entry]).number(modes[entry]);
            facts.number(shared[entry]).number(suffix[entry]).number(sizes[entry]);
        }
        facts.bytes(paths, 0, pathsLength).bytes(links, 0, linksLength);
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
        long pathBytes = 0;
        long linkBytes = 0;
        int before = 0;
        for (int entry = 0; entry < count; entry++) {
            if (entry == index.kinds.length) {
                index.count = entry;
                index.grow();
            }
            Kind kind = facts.oneOf(KINDS);
            index.kinds[entry] = kind;
            index.flags[entry] = (byte) facts.number(WANTED | PROGRAM);
            index.modes[entry] = (char) facts.number(Character.MAX_VALUE);
            index.shared[entry] = (char) facts.number(before);
            index.suffix[entry] = (char) facts.number(Character.MAX_VALUE - index.shared[entry]);
            index.sizes[entry] = facts.number();
            index.locations[entry] = NOT_KEPT;
            before = index.shared[entry] + index.suffix[entry];
            pathBytes += index.suffix[entry];
            index.hidesLower |= kind == Kind.WHITEOUT || kind == Kind.OPAQUE;
            if (kind == Kind.SYMBOLIC_LINK || kind == Kind.HARD_LINK) {
                index.locations[entry] = linkBytes;
                linkBytes += checkedLength(index.sizes[entry]);
            }
        }
        index.count = count;
        index.paths = facts.bytes();
        index.pathsLength = index.paths.length;
        index.links = facts.bytes();
        index.linksLength = index.links.length;
        if (index.pathsLength != pathBytes || index.linksLength != linkBytes) {
            throw new DamagedFactsException("paths of another length than the entries say");
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
        paths = new byte[0];
        shared = new char[0];
        suffix = new char[0];
        lastPath = new byte[0];
    }

    /** Reads the paths again, in order. */
    public final class Paths {
        private int next;
        private int offset;
        private byte[] path = new byte[256];
        private int length;

        /** Steps to the next entry; false behind the last. */
        public boolean advance() {
            if (next == count) {
                return false;
            }
            length = shared[next] + suffix[next];
            if (path.length < length) {
                path = Arrays.copyOf(path, Math.max(length, path.length * 2));
            }
            System.arraycopy(paths, offset, path, shared[next], suffix[next]);
            offset += suffix[next];
            next++;
            return true;
        }

        public int entry() {
            return next - 1;
        }

        /** How many first bytes are those of the entry before. */
        public int shared() {
            return shared[next - 1];
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
