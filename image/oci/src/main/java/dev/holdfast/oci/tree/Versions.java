package dev.holdfast.oci.tree;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.column.IntColumn;
import dev.holdfast.oci.column.IntMap;
import dev.holdfast.oci.layer.LayerIndex;
import dev.holdfast.oci.layer.LayerPass;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What layers hold at the paths of a {@link PathTable}: for each node a chain of versions, newest first, at most one a layer. A version
 * refers to the entry of the {@link LayerIndex} that says what it is; a hard link to the entry of its target, so that the content outlives
 * the name.
 *
 * <p>Nearly every node has one version, its first: it is known by the node's own number, doubled, and takes 8 bytes with its place among
 * the children of its folder. Later versions have odd numbers and columns of their own.
 *
 * <p>Owned by the merging thread until it is complete.
 */
public final class Versions {
    public static final int NONE = -1;

    /** What stands where a node has no version. */
    private static final int ABSENT = Integer.MIN_VALUE;

    /** References that no entry stands behind hold the layer and one of these, and are negative. */
    private static final int DELETED = 0;

    private static final int IMPLICIT_DIRECTORY = 1;
    private static final int BROKEN_LINK = 2;

    /** Folders that a layer only implies are made with this mode by those who unpack it. */
    private static final int IMPLICIT_MODE = 0755;

    private final PathTable paths;
    private final List<LayerPass.ReadLayer> layers;
    /** How many entries are below each layer: an entry's own number and that of the entries below refer to it. */
    private int[] starts = new int[16];

    private int entries;

    private final IntColumn first = new IntColumn(ABSENT);
    private int laterCount;
    private final IntColumn later = new IntColumn(ABSENT);
    private final IntColumn laterNode = new IntColumn(NONE);
    private final IntColumn previous = new IntColumn(NONE);
    /** By node, where it is not the first. */
    private final IntMap newest = new IntMap();
    /** By version: its layer, where it refers to an entry of another. */
    private final IntMap elsewhere = new IntMap();

    private final BitSet wanted = new BitSet();

    /** The children of a folder as a list; one that died stays in it until somebody walks by. */
    private final IntMap firstChild = new IntMap();

    private final IntColumn nextSibling = new IntColumn(NONE);
    private final BitSet listed = new BitSet();
    private long living;

    /** @param layers grows while layers are merged, each announced by {@link #beginLayer} */
    public Versions(PathTable paths, List<LayerPass.ReadLayer> layers) {
        this.paths = paths;
        this.layers = layers;
        put(PathTable.ROOT, 0, without(0, IMPLICIT_DIRECTORY));
    }

    /** The last of the layers is to be merged. */
    public void beginLayer() throws InputException {
        int layer = layers.size() - 1;
        int count = layers.get(layer).index().count();
        if (count > Integer.MAX_VALUE - entries) {
            throw new InputException(InputException.Code.LIMIT, "the layers have more than 2,147,483,647 entries");
        }
        if (layer == starts.length) {
            starts = Arrays.copyOf(starts, layer * 2);
        }
        starts[layer] = entries;
        entries += count;
    }

    public int newest(int node) {
        int last = newest.get(node);
        return last != IntMap.NONE ? last : first.get(node) == ABSENT ? NONE : node << 1;
    }

    public int previous(int version) {
        return isFirst(version) ? NONE : previous.get(version >>> 1);
    }

    public int node(int version) {
        return isFirst(version) ? version >>> 1 : laterNode.get(version >>> 1);
    }

    private static boolean isFirst(int version) {
        return (version & 1) == 0;
    }

    public int layer(int version) {
        int reference = reference(version);
        if (reference < 0) {
            return ~reference >>> 2;
        }
        int layer = elsewhere.get(version);
        return layer != IntMap.NONE ? layer : layerOf(reference);
    }

    private int reference(int version) {
        return isFirst(version) ? first.get(version >>> 1) : later.get(version >>> 1);
    }

    private static int without(int layer, int what) {
        return ~(layer << 2 | what);
    }

    private static boolean is(int reference, int what) {
        return reference < 0 && reference != ABSENT && (~reference & 3) == what;
    }

    private int layerOf(int reference) {
        int last = layers.size() - 1;
        if (reference >= starts[last]) {
            return last;
        }
        int at = Arrays.binarySearch(starts, 0, layers.size(), reference);
        at = at < 0 ? -at - 2 : at;
        while (starts[at + 1] == reference) {
            at++; // layers without entries begin where the next does
        }
        return at;
    }

    /** The first wanted version from this one on, or {@link #NONE}. */
    public int nextWanted(int version) {
        return wanted.nextSetBit(version);
    }

    public void want(int version) {
        wanted.set(version);
    }

    public boolean isLiving(int node) {
        int version = newest(node);
        return version != NONE && !isDeletion(version);
    }

    public boolean isDeletion(int version) {
        return is(reference(version), DELETED);
    }

    public boolean isLivingDirectory(int node) {
        int version = newest(node);
        return version != NONE && type(version) == FileType.DIRECTORY;
    }

    /** The first of a node's living children, or {@link #NONE}. */
    public int firstChild(int node) {
        return livingFrom(firstChild.get(node));
    }

    /** The next living child of the same parent, or {@link #NONE}. */
    public int nextSibling(int node) {
        return livingFrom(nextSibling.get(node));
    }

    private int livingFrom(int node) {
        int at = node;
        while (at != NONE && !isLiving(at)) {
            at = nextSibling.get(at);
        }
        return at;
    }

    /**
     * Takes a living child out of the list, and all dead ones before it, so that nobody walks by them twice: the child is to be deleted.
     * {@link #NONE} when none is left.
     */
    public int takeChild(int node) {
        int child = firstChild.get(node);
        if (child == NONE) {
            return NONE;
        }
        boolean isFound = false;
        int at = child;
        while (at != NONE && !isFound) {
            child = at;
            isFound = isLiving(child);
            listed.clear(child);
            at = nextSibling.get(child);
        }
        firstChild.put(node, at);
        return isFound ? child : NONE;
    }

    /** Living entries; the root is not counted. */
    public long livingCount() {
        return living;
    }

    public LayerIndex.Kind kind(int version) {
        int reference = reference(version);
        if (reference >= 0) {
            int layer = layerOf(reference);
            return index(layer).kind(reference - starts[layer]);
        }
        return is(reference, IMPLICIT_DIRECTORY)
                ? LayerIndex.Kind.DIRECTORY
                : is(reference, DELETED) ? LayerIndex.Kind.WHITEOUT : LayerIndex.Kind.REGULAR;
    }

    public FileType type(int version) {
        return kind(version).type;
    }

    public long size(int version) {
        return hasContent(version) ? index(contentLayer(version)).size(contentEntry(version)) : 0;
    }

    public int mode(int version) {
        if (hasContent(version)) {
            return index(contentLayer(version)).mode(contentEntry(version));
        }
        return is(reference(version), IMPLICIT_DIRECTORY) ? IMPLICIT_MODE : 0;
    }

    public Optional<byte[]> link(int version) {
        return type(version) == FileType.SYMBOLIC_LINK
                ? Optional.of(index(contentLayer(version)).link(contentEntry(version)))
                : Optional.empty();
    }

    /** Whether an entry stands behind the version. */
    public boolean hasContent(int version) {
        return reference(version) >= 0;
    }

    public boolean isBrokenLink(int version) {
        return is(reference(version), BROKEN_LINK);
    }

    public boolean isProgram(int version) {
        return hasContent(version) && index(contentLayer(version)).has(contentEntry(version), LayerIndex.PROGRAM);
    }

    public int contentLayer(int version) {
        return layerOf(reference(version));
    }

    public int contentEntry(int version) {
        int reference = reference(version);
        return reference - starts[layerOf(reference)];
    }

    private LayerIndex index(int layer) {
        return layers.get(layer).index();
    }

    /** The layer's entry becomes the node's version. */
    public int putEntry(int node, int layer, int entry) {
        return put(node, layer, starts[layer] + entry);
    }

    /** What a version is, for {@link #putLinkTo}: to be asked before the version may be deleted. */
    public int meaning(int version) {
        return reference(version);
    }

    /** The node becomes another name of what {@link #meaning} told. */
    public int putLinkTo(int node, int layer, int meaning) {
        return put(node, layer, meaning < 0 ? without(layer, ~meaning & 3) : meaning);
    }

    public int putBrokenLink(int node, int layer) {
        return put(node, layer, without(layer, BROKEN_LINK));
    }

    public int putImplicitDirectory(int node, int layer) {
        return put(node, layer, without(layer, IMPLICIT_DIRECTORY));
    }

    /**
     * Takes a living node's version away; nothing living may be below it. What a lower layer held is remembered as deleted by this one; what
     * only this layer held was never there.
     */
    public void delete(int node, int layer) {
        int version = newest(node);
        boolean isOwn = layer(version) == layer;
        int below = isOwn ? previous(version) : version;
        living--;
        if (below == NONE || isDeletion(below)) {
            wanted.clear(version);
            forgetNewest(node, below);
        } else if (isOwn) {
            wanted.clear(version);
            refer(version, layer, without(layer, DELETED));
        } else {
            add(node, layer, without(layer, DELETED));
        }
    }

    private void forgetNewest(int node, int below) {
        if (below == NONE) {
            first.set(node, ABSENT);
        } else {
            newest.put(node, below);
        }
    }

    private int put(int node, int layer, int reference) {
        if (!isLiving(node) && node != PathTable.ROOT) {
            bear(node);
        }
        int version = newest(node);
        if (version != NONE && layer(version) == layer) {
            refer(version, layer, reference);
            wanted.clear(version);
            return version;
        }
        return add(node, layer, reference);
    }

    private void bear(int node) {
        living++;
        if (!listed.get(node)) {
            int parent = paths.parent(node);
            listed.set(node);
            nextSibling.set(node, firstChild.get(parent));
            firstChild.put(parent, node);
        }
    }

    private int add(int node, int layer, int reference) {
        int before = newest(node);
        int version = node << 1;
        if (before != NONE) {
            version = laterCount << 1 | 1;
            laterNode.set(laterCount, node);
            previous.set(laterCount, before);
            newest.put(node, version);
            laterCount++;
        }
        refer(version, layer, reference);
        return version;
    }

    private void refer(int version, int layer, int reference) {
        if (isFirst(version)) {
            first.set(version >>> 1, reference);
        } else {
            later.set(version >>> 1, reference);
        }
        if (reference >= 0 && layerOf(reference) != layer) {
            elsewhere.put(version, layer);
        } else if (elsewhere.get(version) != IntMap.NONE) {
            elsewhere.put(version, IntMap.NONE);
        }
    }
}
