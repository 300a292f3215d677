package dev.holdfast.oci.tree;

import dev.holdfast.oci.FileType;
import dev.holdfast.oci.layer.LayerIndex;
import dev.holdfast.oci.layer.LayerPass;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What layers hold at the paths of a {@link PathTable}, as columns of primitive arrays: for each node a chain of versions, newest first,
 * at most one a layer. A version refers to the entry of the {@link LayerIndex} that says what it is; a hard link to the entry of its
 * target, so that the content outlives the name.
 *
 * <p>Owned by the merging thread until it is complete.
 */
public final class Versions {
    public static final int NONE = -1;

    /** References that no entry stands behind. */
    private static final long DELETED = -1;

    private static final long IMPLICIT_DIRECTORY = -2;
    private static final long BROKEN_LINK = -3;

    /** Folders that a layer only implies are made with this mode by those who unpack it. */
    private static final int IMPLICIT_MODE = 0755;

    private final List<LayerPass.ReadLayer> layers;

    private int[] newest = new int[1024];
    /** The living children of a node as a doubly linked list, so that a birth or death costs the same however many died before. */
    private int[] firstChild = new int[1024];

    private int[] nextSibling = new int[1024];
    private int[] previousSibling = new int[1024];
    private int nodes;
    private long living;

    private int count;
    private int[] nodeOf = new int[1024];
    private int[] previous = new int[1024];
    private char[] layerOf = new char[1024];
    private boolean[] wanted = new boolean[1024];
    private long[] reference = new long[1024];
    private final PathTable paths;

    /** @param layers grows while layers are merged; only the ones that were added are referred to */
    public Versions(PathTable paths, List<LayerPass.ReadLayer> layers) {
        this.paths = paths;
        this.layers = layers;
        Arrays.fill(newest, NONE);
        Arrays.fill(firstChild, NONE);
        put(PathTable.ROOT, 0, IMPLICIT_DIRECTORY);
    }

    public int count() {
        return count;
    }

    public int newest(int node) {
        return node < nodes ? newest[node] : NONE;
    }

    public int previous(int version) {
        return previous[version];
    }

    public int node(int version) {
        return nodeOf[version];
    }

    public int layer(int version) {
        return layerOf[version];
    }

    public boolean isWanted(int version) {
        return wanted[version];
    }

    public void want(int version) {
        wanted[version] = true;
    }

    public boolean isLiving(int node) {
        int version = newest(node);
        return version != NONE && reference[version] != DELETED;
    }

    public boolean isDeletion(int version) {
        return reference[version] == DELETED;
    }

    public boolean isLivingDirectory(int node) {
        int version = newest(node);
        return version != NONE && type(version) == FileType.DIRECTORY;
    }

    /** The first of a node's living children, or {@link #NONE}. */
    public int firstChild(int node) {
        return node < nodes ? firstChild[node] : NONE;
    }

    /** The next living child of the same parent, or {@link #NONE}. */
    public int nextSibling(int node) {
        return nextSibling[node];
    }

    /** Living entries; the root is not counted. */
    public long livingCount() {
        return living;
    }

    public LayerIndex.Kind kind(int version) {
        long entry = reference[version];
        if (entry >= 0) {
            return index(entry).kind((int) entry);
        }
        return entry == IMPLICIT_DIRECTORY
                ? LayerIndex.Kind.DIRECTORY
                : entry == DELETED ? LayerIndex.Kind.WHITEOUT : LayerIndex.Kind.REGULAR;
    }

    public FileType type(int version) {
        return kind(version).type;
    }

    public long size(int version) {
        long entry = reference[version];
        return entry >= 0 ? index(entry).size((int) entry) : 0;
    }

    public int mode(int version) {
        long entry = reference[version];
        if (entry >= 0) {
            return index(entry).mode((int) entry);
        }
        return entry == IMPLICIT_DIRECTORY ? IMPLICIT_MODE : 0;
    }

    public Optional<byte[]> link(int version) {
        long entry = reference[version];
        return type(version) == FileType.SYMBOLIC_LINK
                ? Optional.of(index(entry).link((int) entry))
                : Optional.empty();
    }

    public boolean hasContent(int version) {
        return reference[version] >= 0;
    }

    public boolean isBrokenLink(int version) {
        return reference[version] == BROKEN_LINK;
    }

    public boolean isProgram(int version) {
        long entry = reference[version];
        return entry >= 0 && index(entry).has((int) entry, LayerIndex.PROGRAM);
    }

    public int contentLayer(int version) {
        return (int) (reference[version] >>> 32);
    }

    public int contentEntry(int version) {
        return (int) reference[version];
    }

    private LayerIndex index(long entry) {
        return layers.get((int) (entry >>> 32)).index();
    }

    /** The layer's entry becomes the node's version. */
    public int putEntry(int node, int layer, int entry) {
        return put(node, layer, (long) layer << 32 | entry);
    }

    /** The node becomes another name of what the target's version is. */
    public int putLinkTo(int node, int layer, int target) {
        return put(node, layer, reference[target]);
    }

    public int putBrokenLink(int node, int layer) {
        return put(node, layer, BROKEN_LINK);
    }

    public int putImplicitDirectory(int node, int layer) {
        return put(node, layer, IMPLICIT_DIRECTORY);
    }

    /**
     * Takes a living node's version away; nothing living may be below it. What a lower layer held is remembered as deleted by this one; what only this layer held was
     * never there.
     */
    public void delete(int node, int layer) {
        int version = newest[node];
        boolean isOwn = layerOf[version] == layer;
        int below = isOwn ? previous[version] : version;
        bury(node);
        if (below == NONE || isDeletion(below)) {
            newest[node] = below;
            return;
        }
        if (isOwn) {
            reference[version] = DELETED;
            wanted[version] = false;
        } else {
            add(node, layer, DELETED);
        }
    }

    private int put(int node, int layer, long entry) {
        reach(node);
        if (!isLiving(node) && node != PathTable.ROOT) {
            bear(node);
        }
        int version = newest[node];
        if (version != NONE && layerOf[version] == layer) {
            reference[version] = entry;
            wanted[version] = false;
            return version;
        }
        return add(node, layer, entry);
    }

    private void bear(int node) {
        int parent = paths.parent(node);
        int first = firstChild[parent];
        nextSibling[node] = first;
        previousSibling[node] = NONE;
        if (first != NONE) {
            previousSibling[first] = node;
        }
        firstChild[parent] = node;
        living++;
    }

    private void bury(int node) {
        int before = previousSibling[node];
        int after = nextSibling[node];
        if (before == NONE) {
            firstChild[paths.parent(node)] = after;
        } else {
            nextSibling[before] = after;
        }
        if (after != NONE) {
            previousSibling[after] = before;
        }
        living--;
    }

    private int add(int node, int layer, long entry) {
        if (count == nodeOf.length) {
            grow();
        }
        nodeOf[count] = node;
        previous[count] = newest[node];
        layerOf[count] = (char) layer;
        reference[count] = entry;
        newest[node] = count;
        return count++;
    }

    private void reach(int node) {
        if (node >= newest.length) {
            int old = newest.length;
            int capacity = Math.max(node + 1, old * 2);
            newest = Arrays.copyOf(newest, capacity);
            Arrays.fill(newest, old, capacity, NONE);
            firstChild = Arrays.copyOf(firstChild, capacity);
            Arrays.fill(firstChild, old, capacity, NONE);
            nextSibling = Arrays.copyOf(nextSibling, capacity);
            previousSibling = Arrays.copyOf(previousSibling, capacity);
        }
        nodes = Math.max(nodes, node + 1);
    }

    private void grow() {
        int capacity = count * 2;
        nodeOf = Arrays.copyOf(nodeOf, capacity);
        previous = Arrays.copyOf(previous, capacity);
        layerOf = Arrays.copyOf(layerOf, capacity);
        wanted = Arrays.copyOf(wanted, capacity);
        reference = Arrays.copyOf(reference, capacity);
    }
}
