package dev.holdfast.oci.tree;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.column.ByteRope;
import dev.holdfast.oci.column.IntColumn;
import dev.holdfast.oci.store.PathBytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * All paths of a tree, each once, as small integers: node 0 is the root, every other node has a parent and a name. Kept in columns and one
 * rope of name bytes, because an image may have millions of them: about 11 bytes a node beside its name, and no object.
 *
 * <pre>
 * names = { length bytes } ;                         in the order of the nodes
 * length = BYTE less than 255 | "255" BYTE BYTE ;     the higher byte first
 * </pre>
 *
 * <p>Owned by one thread until it is complete.
 */
public final class PathTable {
    public static final int ROOT = 0;
    public static final int NONE = -1;

    /** 512 MiB of names, a hundred times what the largest honest images have. */
    private static final int MOST_NAME_BYTES = 512 << 20;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A table of so many slots is at most half full; a larger one three quarters, since there the space counts. */
    private static final int LARGE = 1 << 20;

    /** Where a name lies is noted for every eighth node; those between are stepped to. */
    private static final int GROUP_BITS = 3;

    private static final int LONG_NAME = 255;

    private int count;
    private final IntColumn parents = new IntColumn(NONE);
    private final IntColumn groups = new IntColumn(0);
    private final ByteRope names = new ByteRope();
    /** Open addressing with linear probing: node + 1, or 0. */
    private int[] slots = new int[4096];

    private final long secret = new SplittableRandom().nextLong() | 1;

    public PathTable() {
        append(NONE, new byte[0], 0, 0);
    }

    public int count() {
        return count;
    }

    public int parent(int node) {
        return parents.get(node);
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
        if (names.length() > MOST_NAME_BYTES - (to - from)) {
            throw new InputException(InputException.Code.LIMIT, "the names of its files take more than 512 MiB");
        }
        int node = append(directory, name, from, to);
        slots[slot] = node + 1;
        if (count > (slots.length < LARGE ? slots.length / 2 : slots.length / 4 * 3)) {
            rehash();
        }
        return node;
    }

    private int append(int directory, byte[] name, int from, int to) {
        int node = count++;
        parents.set(node, directory);
        if ((node & (1 << GROUP_BITS) - 1) == 0) {
            groups.set(node >>> GROUP_BITS, (int) names.length());
        }
        int length = to - from;
        if (length < LONG_NAME) {
            names.append(length);
        } else {
            names.append(LONG_NAME);
            names.append(length >>> 8);
            names.append(length);
        }
        names.append(name, from, to);
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

    /** The absolute path. */
    public String path(int node) {
        if (node == ROOT) {
            return "/";
        }
        int length = 0;
        for (int at = node; at != ROOT; at = parents.get(at)) {
            length += lengthAt(place(at)) + 1;
        }
        byte[] path = new byte[length];
        int start = length;
        for (int at = node; at != ROOT; at = parents.get(at)) {
            int place = place(at);
            int size = lengthAt(place);
            start -= size;
            names.copy(nameAt(place, size), size, path, start);
            path[--start] = '/';
        }
        return PathBytes.text(path, 0, length);
    }

    /** Where a node's length and name stand. */
    private int place(int node) {
        int place = groups.get(node >>> GROUP_BITS);
        for (int i = node & (1 << GROUP_BITS) - 1; i > 0; i--) {
            int length = lengthAt(place);
            place = nameAt(place, length) + length;
        }
        return place;
    }

    private int lengthAt(int place) {
        int length = names.at(place) & 0xff;
        return length < LONG_NAME ? length : (names.at(place + 1) & 0xff) << 8 | names.at(place + 2) & 0xff;
    }

    private static int nameAt(int place, int length) {
        return length < LONG_NAME ? place + 1 : place + 3;
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
        if (parents.get(node) != directory) {
            return false;
        }
        int place = place(node);
        int length = lengthAt(place);
        return length == to - from && names.holds(nameAt(place, length), name, from, to);
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

    private void rehash() {
        int capacity = slots.length * 2;
        slots = new int[0]; // gone before the next is there
        slots = new int[capacity];
        int mask = capacity - 1;
        byte[] name = new byte[LONG_NAME];
        int place = 0;
        for (int node = 0; node < count; node++) {
            int length = lengthAt(place);
            name = length > name.length ? new byte[length] : name;
            names.copy(nameAt(place, length), length, name, 0);
            place = nameAt(place, length) + length;
            if (node == ROOT) {
                continue; // it has no name to be found by
            }
            int slot = hash(parents.get(node), name, 0, length) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = node + 1;
        }
    }
}
