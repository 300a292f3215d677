package dev.holdfast.archive;

import java.util.Arrays;

/**
 * One entry of a tar archive, as its header and what precedes it say. The walker owns the one object and reuses it: it is valid only
 * while {@link TarSink#entry} runs.
 */
public final class TarEntry {
    private static final long[] NO_EXTENTS = {};

    /** What an entry is. */
    public enum Type {
        FILE,
        HARD_LINK,
        SYMBOLIC_LINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        DIRECTORY,
        FIFO
    }

    byte[] name = new byte[256];
    int nameLength;
    byte[] linkName = new byte[256];
    int linkNameLength;
    Type type = Type.FILE;
    int mode;
    long size;
    long storedSize;
    long contentOffset;
    long[] extents = NO_EXTENTS;

    TarEntry() {}

    /** The bytes of the name, of which {@link #nameLength()} count. No NUL is among them; their character set is unknown. */
    public byte[] name() {
        return name;
    }

    public int nameLength() {
        return nameLength;
    }

    /** The bytes of the link's target, of which {@link #linkNameLength()} count. */
    public byte[] linkName() {
        return linkName;
    }

    public int linkNameLength() {
        return linkNameLength;
    }

    public Type type() {
        return type;
    }

    /** Permission bits, set-id and sticky bits: the low twelve of the mode. */
    public int mode() {
        return mode;
    }

    /** How long the file is for its reader: holes of a sparse file included. */
    public long size() {
        return size;
    }

    /** How many bytes of content the archive holds for it. */
    public long storedSize() {
        return storedSize;
    }

    /** Where in the archive the stored content begins. */
    public long contentOffset() {
        return contentOffset;
    }

    /**
     * Where the stored bytes of a sparse file belong: pairs of offset and length, ascending and without overlap, whose lengths add up to
     * {@link #storedSize()}. Empty when the file is stored whole (see {@link #isSparse()}).
     */
    public long[] extents() {
        return extents;
    }

    /** Whether the file has holes; a file that is one single hole has no extents and no stored bytes. */
    public boolean isSparse() {
        return storedSize != size;
    }

    void setName(byte[] bytes, int offset, int length) {
        if (name.length < length) {
            name = new byte[Math.max(length, name.length * 2)];
        }
        System.arraycopy(bytes, offset, name, 0, length);
        nameLength = length;
    }

    void setLinkName(byte[] bytes, int offset, int length) {
        if (linkName.length < length) {
            linkName = new byte[Math.max(length, linkName.length * 2)];
        }
        System.arraycopy(bytes, offset, linkName, 0, length);
        linkNameLength = length;
    }

    void clear() {
        nameLength = 0;
        linkNameLength = 0;
        type = Type.FILE;
        mode = 0;
        size = 0;
        storedSize = 0;
        contentOffset = 0;
        extents = NO_EXTENTS;
    }

    @Override
    public String toString() {
        return type + " " + new String(Arrays.copyOf(name, nameLength), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
