package dev.holdfast.oci.tree;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Interest;
import dev.holdfast.oci.layer.LayerIndex;
import dev.holdfast.oci.layer.LayerPass;
import dev.holdfast.oci.store.PathBytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lays one layer over another into a {@link MergedTree}, from headers alone (OCI image specification, "Applying Changesets").
 *
 * <p>For each layer, first everything it hides goes: whiteouts and opaque markers speak about lower layers only, so their place in the tar
 * says nothing. Then its entries come in the order of the tar:
 *
 * <ul>
 *   <li>an entry of a name that the layer already gave replaces the earlier one;
 *   <li>a folder over a folder keeps what is below; anything else takes the lower subtree away;
 *   <li>a parent folder that nobody made is made; one that is a symbolic link is followed inside the root, as container runtimes do when
 *       they unpack; one that leads nowhere or in a circle is replaced by a folder;
 *   <li>a hard link takes what its target is at that moment. A target that only comes later in the tar is found at the layer's end.
 * </ul>
 *
 * <p>Owned by one thread.
 */
public final class TreeMerger {
    private final Interest interest;
    private final Gaps gaps;
    private final PathTable paths = new PathTable();
    private final List<LayerPass.ReadLayer> layers = new ArrayList<>();
    private final Versions versions = new Versions(paths, layers);
    private final PathResolver resolver = new PathResolver(paths, versions);
    private final FolderCursor cursor = new FolderCursor();

    private int layer;
    private LayerIndex index = new LayerIndex();

    /** Hard links of the layer whose target was not there when they came: version and entry of each. */
    private final List<int[]> waitingLinks = new ArrayList<>();

    public TreeMerger(Interest interest, Gaps gaps) {
        this.interest = interest;
        this.gaps = gaps;
    }

    /** Lays the next layer over those before it. */
    public void add(LayerPass.ReadLayer next) throws InputException {
        layer = layers.size();
        index = next.index();
        layers.add(next);
        versions.beginLayer();
        if (index.hidesLower()) {
            hideLower();
        }
        addEntries();
        resolveWaitingLinks();
        index.forgetPaths();
    }

    public MergedTree finish() {
        return new MergedTree(paths, versions, layers);
    }

    private void hideLower() {
        LayerIndex.Paths entries = index.new Paths(false);
        while (entries.advance()) {
            LayerIndex.Kind kind = index.kind(entries.entry());
            if (kind == LayerIndex.Kind.WHITEOUT) {
                int hidden = lookUp(entries.bytes(), entries.length(), false);
                if (hidden != PathTable.NONE && hidden != PathTable.ROOT) {
                    deleteBelow(hidden);
                    versions.delete(hidden, layer);
                }
            } else if (kind == LayerIndex.Kind.OPAQUE) {
                int folder = lookUp(entries.bytes(), entries.length(), true);
                if (folder != PathTable.NONE) {
                    deleteBelow(folder);
                }
            }
        }
    }

    private void addEntries() throws InputException {
        cursor.forget();
        LayerIndex.Paths entries = index.new Paths(true);
        while (entries.advance()) {
            int entry = entries.entry();
            int length = entries.length();
            cursor.step(entries, PathBytes.parentLength(entries.bytes(), length));
            switch (index.kind(entry)) {
                case WHITEOUT, OPAQUE -> {
                    // what is hidden was hidden before
                }
                case DIRECTORY -> addDirectory(entries, entry);
                case HARD_LINK -> addHardLink(entries, entry);
                case REGULAR, SYMBOLIC_LINK, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO, SOCKET -> addOther(entries, entry);
            }
        }
    }

    private void addDirectory(LayerIndex.Paths entries, int entry) throws InputException {
        int node = placeOf(entries);
        if (!versions.isLivingDirectory(node) && versions.isLiving(node)) {
            cursor.forget();
        }
        versions.putEntry(node, layer, entry);
    }

    private void addOther(LayerIndex.Paths entries, int entry) throws InputException {
        int node = placeOf(entries);
        if (node == PathTable.ROOT) {
            return;
        }
        boolean isRedirected = cursor.isRedirected();
        clear(node);
        int version = versions.putEntry(node, layer, entry);
        if (isRedirected) {
            want(version);
        } else if (index.has(entry, LayerIndex.WANTED)) {
            versions.want(version);
        }
    }

    private void addHardLink(LayerIndex.Paths entries, int entry) throws InputException {
        int node = placeOf(entries);
        int target = targetOf(entry);
        if (node == PathTable.ROOT || target != Versions.NONE && versions.node(target) == node) {
            return;
        }
        int meaning = target == Versions.NONE ? Versions.NONE : versions.meaning(target);
        clear(node); // with what is below, maybe the target
        if (target == Versions.NONE) {
            waitingLinks.add(new int[] {versions.putBrokenLink(node, layer), entry});
        } else {
            want(versions.putLinkTo(node, layer, meaning));
        }
    }

    private void resolveWaitingLinks() {
        for (int[] link : waitingLinks) {
            int version = link[0];
            if (!versions.isBrokenLink(version)) {
                continue;
            }
            int target = targetOf(link[1]);
            if (target == Versions.NONE || versions.isBrokenLink(target)) {
                byte[] name = index.link(link[1]);
                gaps.add(
                        Gap.Code.UNREADABLE,
                        paths.path(versions.node(version)),
                        "hard link to " + PathBytes.text(name, 0, name.length)
                                + ", which is not in the image: its content is unknown");
            } else {
                want(versions.putLinkTo(versions.node(version), layer, versions.meaning(target)));
            }
        }
        waitingLinks.clear();
    }

    /**
     * The version that a hard link shares: the living one, or the one that this same layer hides, since the link then was made before the
     * name went. {@link Versions#NONE} when there is none, or it is a folder.
     */
    private int targetOf(int entry) {
        byte[] name = index.link(entry);
        byte[] path = new byte[name.length];
        int length = PathBytes.normalise(name, name.length, path);
        int node = paths.find(path, length);
        if (node == PathTable.NONE || !versions.isLiving(node)) {
            int resolved = lookUp(path, length, false);
            node = resolved == PathTable.NONE ? node : resolved;
        }
        int version = node == PathTable.NONE ? Versions.NONE : versions.newest(node);
        if (version != Versions.NONE && versions.isDeletion(version)) {
            version = versions.layer(version) == layer ? versions.previous(version) : Versions.NONE;
        }
        return version == Versions.NONE || versions.type(version) == FileType.DIRECTORY ? Versions.NONE : version;
    }

    /** The node of an entry; its folder is there afterwards. */
    private int placeOf(LayerIndex.Paths entries) throws InputException {
        byte[] path = entries.bytes();
        int length = entries.length();
        int parentLength = PathBytes.parentLength(path, length);
        while (cursor.end() < parentLength) {
            int start = cursor.end() == 0 ? 0 : cursor.end() + 1;
            int end = start;
            while (end < parentLength && path[end] != '/') {
                end++;
            }
            int node = paths.child(cursor.folder(), path, start, end);
            int folder = asFolder(node);
            cursor.push(end, folder, folder != node);
        }
        return length == 0
                ? PathTable.ROOT
                : paths.child(cursor.folder(), path, PathBytes.nameStart(path, length), length);
    }

    private int asFolder(int node) throws InputException {
        if (versions.isLivingDirectory(node)) {
            return node;
        }
        if (versions.isLiving(node) && versions.type(versions.newest(node)) == FileType.SYMBOLIC_LINK) {
            int folder = resolver.follow(node, this::makeFolder);
            if (folder != PathTable.NONE) {
                return folder;
            }
        }
        versions.putImplicitDirectory(node, layer);
        return node;
    }

    private int makeFolder(int parent, byte[] name) throws InputException {
        int node = paths.child(parent, name, 0, name.length);
        versions.putImplicitDirectory(node, layer);
        return node;
    }

    private int lookUp(byte[] path, int length, boolean followLast) {
        int node = paths.find(path, length);
        if (node != PathTable.NONE && versions.isLiving(node) && !followLast) {
            return node;
        }
        return resolver.resolve(path, length, followLast);
    }

    /** Takes away what lives at the node, so that something that is no folder can take its place. */
    private void clear(int node) {
        if (versions.isLiving(node)) {
            deleteBelow(node);
            cursor.forget();
        }
    }

    private void deleteBelow(int folder) {
        Deque<Integer> rest = new ArrayDeque<>();
        rest.push(folder);
        while (!rest.isEmpty()) {
            int node = rest.peek();
            int child = versions.takeChild(node);
            if (child != Versions.NONE) {
                rest.push(child);
                continue;
            }
            rest.pop();
            if (node != folder) {
                versions.delete(node, layer);
            }
        }
    }

    /** Asks for a name that the walk over the layer could not know: of a hard link, or below a followed link. */
    private void want(int version) {
        if (versions.type(version) != FileType.REGULAR || !versions.hasContent(version)) {
            return;
        }
        String path = paths.path(versions.node(version));
        FileHeader header = new FileHeader(FileType.REGULAR, versions.size(version), versions.mode(version));
        boolean isWanted = switch (interest.in(path, header)) {
            case NOTHING -> false;
            case CONTENT -> true;
            case PROGRAM -> versions.isProgram(version);
        };
        if (isWanted) {
            versions.want(version);
        }
    }
}
