package dev.holdfast.oci.tree;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.store.PathBytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * All paths of a tree, each once, as small integers: node 0 is the root, every other node has a parent and a name. Kept in parallel
 * arrays and one pool of name bytes, because an image has a hundred thousand of them: about 30 bytes a node and no object.
 *
 * <p>Owned by one thread until it is complete.
 */
public final class PathTable {
    public static final int ROOT = 0;
    public static final int NONE = -1;

    /** 512 MiB of names, a hundred times what the largest honest images have. */
    private static final int MOST_NAME_BYTES = 512 << 20;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private int count = 1;
    private int[] parent = new int[1024];
    private int[] nameOffset = new int[1024];
    private byte[] names = new byte[16 << 10];
    private int namesLength;
    /** Open addressing with linear probing: node + 1, or 0. At most half full. */
    private int[] slots = new int[4096];

    private final long secret = new SplittableRandom().nextLong() | 1;

    public PathTable() {
        parent[ROOT] = NONE;
    }

    public int count() {
        return count;
    }

    public int parent(int node) {
        return parent[node];
    }

    /** The child of this name, or {@link #NONE}. */
    public int find(int directory, byte[] name, int from, int to) {
        int slot = slotOf(directory, name, from, to);
        return slots[slot] - 1;
    }

    /** The child of this name, made when there is none yet. */
    public int child(int directory, byte[] name, int from, int to) throws InputException {
        int slot = slotOf(directory, name, from, to);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        int node = count++;
        grow();
        parent[node] = directory;
        nameOffset[node] = addName(name, from, to);
        slots[slot] = node + 1;
        if (count > slots.length / 2) {
            rehash();
        }
        return node;
    }

    /** The node of a normalised path without its leading slash, or {@link #NONE}. */
    public int find(byte[] path, int length) {
        int node = ROOT;
        int from = 0;
        while (from < length && node != NONE) {
            int to = from;
            while (to < length && path[to] != '/') {
                to++;
            }
            node = find(node, path, from, to);
            from = to + 1;
        }
        return node;
    }

    public String name(int node) {
        int offset = nameOffset[node];
        return PathBytes.text(names, offset, nameEnd(node) - offset);
    }

    /** The absolute path. */
    public String path(int node) {
        if (node == ROOT) {
            return "/";
        }
        int length = 0;
        for (int at = node; at != ROOT; at = parent[at]) {
            length += nameEnd(at) - nameOffset[at] + 1;
        }
        byte[] path = new byte[length];
        int start = length;
        for (int at = node; at != ROOT; at = parent[at]) {
            int size = nameEnd(at) - nameOffset[at];
            start -= size;
            System.arraycopy(names, nameOffset[at], path, start, size);
            path[--start] = '/';
        }
        return PathBytes.text(path, 0, length);
    }

    /** Names lie in the pool in the order of their nodes, so one ends where the next begins. */
    private int nameEnd(int node) {
        return node + 1 < count ? nameOffset[node + 1] : namesLength;
    }

    private int slotOf(int directory, byte[] name, int from, int to) {
        int mask = slots.length - 1;
        int slot = hash(directory, name, from, to) & mask;
        while (slots[slot] != 0 && !is(slots[slot] - 1, directory, name, from, to)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean is(int node, int directory, byte[] name, int from, int to) {
        return parent[node] == directory && Arrays.equals(names, nameOffset[node], nameEnd(node), name, from, to);
    }

    /** Keyed with a number that changes with each table: whoever makes an image cannot choose names that collide. */
    private int hash(int directory, byte[] name, int from, int to) {
        long hash = secret + directory;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(name, i));
        }
        long tail = (long) to - from;
        for (; i < to; i++) {
            tail = tail << 8 | name[i] & 0xff;
        }
        return (int) mix(hash ^ tail);
    }

    private long mix(long value) {
        return value * secret ^ Math.multiplyHigh(value, secret);
    }

    private int addName(byte[] name, int from, int to) throws InputException {
        int length = to - from;
        if (length > MOST_NAME_BYTES - namesLength) {
            throw new InputException(InputException.Code.LIMIT, "the names of its files take more than 512 MiB");
        }
        if (length > names.length - namesLength) {
            names = Arrays.copyOf(names, Math.min(MOST_NAME_BYTES, Math.max(names.length * 2, namesLength + length)));
        }
        System.arraycopy(name, from, names, namesLength, length);
        int offset = namesLength;
        namesLength += length;
        return offset;
    }

    private void grow() {
        if (count > parent.length) {
            int capacity = parent.length * 2;
            parent = Arrays.copyOf(parent, capacity);
            nameOffset = Arrays.copyOf(nameOffset, capacity);
        }
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int node = 1; node < count; node++) {
            int slot = hash(parent[node], names, nameOffset[node], nameEnd(node)) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = node + 1;
        }
    }
}
