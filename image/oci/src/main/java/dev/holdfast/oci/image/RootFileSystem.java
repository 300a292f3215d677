package dev.holdfast.oci.image;

import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.ImageConfiguration;
import dev.holdfast.oci.Interest;
import dev.holdfast.oci.Layer;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.oci.TargetKind;
import dev.holdfast.oci.Watch;
import dev.holdfast.oci.layer.FolderContents;
import dev.holdfast.oci.layer.FolderWalk;
import dev.holdfast.oci.layer.LayerIndex;
import dev.holdfast.oci.layer.LayerPass;
import dev.holdfast.oci.tree.TreeMerger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder that is the root of a file system, or of a project: one layer, with nothing below it. */
public final class RootFileSystem implements Target {
    private final String given;
    private final Path root;
    private final TargetKind kind;
    private final Limits limits;

    public RootFileSystem(String given, Path root, TargetKind kind, Limits limits) throws IOException {
        this.given = given;
        this.root = root.toRealPath();
        this.kind = kind;
        this.limits = limits;
    }

    @Override
    public TargetDescription description() {
        return new TargetDescription(given, kind, Optional.empty(), Optional.empty(), List.of());
    }

    @Override
    public ImageConfiguration configuration() {
        return ImageConfiguration.NONE;
    }

    @Override
    public List<Layer> layers() {
        return List.of(new Layer(0, Optional.empty(), ""));
    }

    @Override
    public FileTree read(Interest interest, Gaps gaps) throws InputException, IOException {
        return read(interest, Watch.NONE, gaps);
    }

    @Override
    public FileTree read(Interest interest, Watch watch, Gaps gaps) throws InputException, IOException {
        try {
            FolderWalk walk = new FolderWalk(root, interest, watch.over(0), limits, gaps);
            LayerIndex index = walk.run();
            TreeMerger merger = new TreeMerger(interest, gaps);
            merger.add(new LayerPass.ReadLayer(index, new FolderContents(root), Optional.empty(), 0, false));
            return merger.finish();
        } catch (InputException wrong) {
            throw wrong.in(given);
        }
    }

    /** Holds nothing open. */
    @Override
    public void close() {}
}
