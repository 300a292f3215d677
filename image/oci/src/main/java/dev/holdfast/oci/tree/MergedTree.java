package dev.holdfast.oci.tree;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.FileContent;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import dev.holdfast.oci.layer.AskedContents;
import dev.holdfast.oci.layer.LayerPass;
import dev.holdfast.oci.store.PathBytes;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The tree that {@link TreeMerger} made. Immutable, and so safe for use by several threads. */
public final class MergedTree implements FileTree {
    private static final Comparator<FileVersion> BY_PATH = (a, b) -> a.path().compareTo(b.path());

    private final PathTable paths;
    private final Versions versions;
    private final List<LayerPass.ReadLayer> layers;

    public MergedTree(PathTable paths, Versions versions, List<LayerPass.ReadLayer> layers) {
        this.paths = paths;
        this.versions = versions;
        this.layers = List.copyOf(layers);
    }

    @Override
    public Optional<FileVersion> entry(String path) {
        return living(find(path));
    }

    private int find(String path) {
        byte[] name = PathBytes.bytes(path);
        byte[] relative = new byte[name.length];
        return paths.find(relative, PathBytes.normalise(name, name.length, relative));
    }

    private Optional<FileVersion> living(int node) {
        return node != PathTable.NONE && versions.isLiving(node)
                ? Optional.of(new Version(versions.newest(node)))
                : Optional.empty();
    }

    @Override
    public Optional<FileVersion> resolve(String path) {
        byte[] name = PathBytes.bytes(path);
        return living(new PathResolver(paths, versions).resolve(name, name.length, true));
    }

    @Override
    public List<FileVersion> children(String directory) {
        int node = find(directory);
        return node == PathTable.NONE ? List.of() : children(node);
    }

    private List<FileVersion> children(int directory) {
        List<FileVersion> children = new ArrayList<>();
        for (int child = versions.firstChild(directory); child != Versions.NONE; child = versions.nextSibling(child)) {
            children.add(new Version(versions.newest(child)));
        }
        children.sort(BY_PATH);
        return children;
    }

    @Override
    public void forEach(Consumer<FileVersion> visitor) {
        Deque<FileVersion> rest = new ArrayDeque<>(children(PathTable.ROOT));
        while (!rest.isEmpty()) {
            FileVersion next = rest.pop();
            visitor.accept(next);
            if (next.type() == FileType.DIRECTORY) {
                List<FileVersion> below = children(((Version) next).node());
                Collections.reverse(below);
                below.forEach(rest::push);
            }
        }
    }

    @Override
    public List<FileVersion> links() {
        TreeMap<String, FileVersion> links = new TreeMap<>();
        for (int node = 0; node < paths.count(); node++) {
            int version = versions.newest(node);
            if (version != Versions.NONE && versions.type(version) == FileType.SYMBOLIC_LINK) {
                links.put(paths.path(node), new Version(version));
            }
        }
        return List.copyOf(links.values());
    }

    @Override
    public List<FileVersion> history(String path) {
        List<FileVersion> history = new ArrayList<>();
        int node = find(path);
        if (node != PathTable.NONE) {
            for (int at = versions.newest(node); at != Versions.NONE; at = versions.previous(at)) {
                history.add(new Version(at));
            }
        }
        Collections.reverse(history);
        return history;
    }

    @Override
    public List<String> wantedPaths() {
        TreeSet<String> wanted = new TreeSet<>();
        for (int at = versions.nextWanted(0); at != Versions.NONE; at = versions.nextWanted(at + 1)) {
            wanted.add(paths.path(versions.node(at)));
        }
        return List.copyOf(wanted);
    }

    @Override
    public FileContent content(FileVersion file) throws InputException, IOException {
        if (!(file instanceof Version version) || version.tree() != this) {
            throw new IllegalArgumentException("a file of another tree: " + file.path());
        }
        return version.content();
    }

    @Override
    public Optional<String> contentName(FileVersion file) {
        return file instanceof Version version && version.tree() == this ? version.contentName() : Optional.empty();
    }

    @Override
    public void letGo(FileVersion file) {
        if (file instanceof Version version && version.tree() == this) {
            version.letGo();
        }
    }

    @Override
    public long size() {
        return versions.livingCount();
    }

    /** One version, looked up in the columns when it is asked. */
    private final class Version implements FileVersion {
        private final int version;

        Version(int version) {
            this.version = version;
        }

        MergedTree tree() {
            return MergedTree.this;
        }

        int node() {
            return versions.node(version);
        }

        @Override
        public String path() {
            return paths.path(node());
        }

        @Override
        public FileType type() {
            return versions.type(version);
        }

        @Override
        public long size() {
            return versions.size(version);
        }

        @Override
        public int mode() {
            return versions.mode(version);
        }

        @Override
        public int layer() {
            return versions.layer(version);
        }

        @Override
        public Optional<String> linkTarget() {
            return versions.link(version).map(link -> PathBytes.text(link, 0, link.length));
        }

        FileContent content() throws InputException, IOException {
            if (type() != FileType.REGULAR) {
                throw new IllegalArgumentException("no regular file: " + path());
            }
            if (!versions.hasContent(version)) {
                throw new InputException(
                        InputException.Code.MALFORMED, path() + ": a hard link to a file that is not there");
            }
            LayerPass.ReadLayer layer = layers.get(versions.contentLayer(version));
            return layer.contents().content(layer.index(), versions.contentEntry(version), path());
        }

        Optional<String> contentName() {
            if (type() != FileType.REGULAR || !versions.hasContent(version)) {
                return Optional.empty();
            }
            return layers.get(versions.contentLayer(version))
                    .diffId()
                    .map(layer -> layer + " " + versions.contentEntry(version));
        }

        void letGo() {
            if (layers.get(versions.contentLayer(version)).contents() instanceof AskedContents contents) {
                contents.letGo(versions.contentEntry(version));
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Version that && that.tree() == tree() && that.version == version;
        }

        @Override
        public int hashCode() {
            return version;
        }

        @Override
        public String toString() {
            return type() + " " + path() + " of layer " + layer();
        }
    }
}
