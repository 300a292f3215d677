package dev.holdfast.oci.image;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.memory.Memory;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.ImageConfiguration;
import dev.holdfast.oci.Interest;
import dev.holdfast.oci.Layer;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.TargetDescription;
import dev.holdfast.oci.Watch;
import dev.holdfast.oci.layer.LayerMemory;
import dev.holdfast.oci.layer.LayerPass;
import dev.holdfast.oci.layer.LayerProof;
import dev.holdfast.oci.layer.LayerReading;
import dev.holdfast.oci.layer.LayerSource;
import dev.holdfast.oci.store.BlobStore;
import dev.holdfast.oci.store.Spill;
import dev.holdfast.oci.tree.TreeMerger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An image in an archive or layout. */
public final class ImageTarget implements Target {
    /** More layers than any runtime mounts: the kernel's overlay takes 500 at most, Docker 127. */
    public static final int MOST_LAYERS = 1_000;

    private final TargetDescription description;
    private final ConfigurationDocument configuration;
    private final List<LayerSource> sources;
    private final BlobStore store;
    private final Limits limits;
    private final Memory memory;
    private final LayerProof proof;
    private final Spill spill = new Spill();
    private final List<LayerPass.ReadLayer> read = new ArrayList<>();
    private boolean isVerified;
    private Optional<LayerMemory> keeper = Optional.empty();

    public ImageTarget(
            TargetDescription description,
            ConfigurationDocument configuration,
            List<LayerSource> sources,
            BlobStore store,
            Limits limits,
            Memory memory) {
        this.description = description;
        this.configuration = configuration;
        this.sources = List.copyOf(sources);
        this.store = store;
        this.limits = limits;
        this.memory = memory;
        this.proof = new LayerProof(memory);
        store.retain();
    }

    @Override
    public TargetDescription description() {
        return description;
    }

    @Override
    public ImageConfiguration configuration() {
        return configuration.configuration();
    }

    @Override
    public List<Layer> layers() {
        List<String> instructions = configuration.instructions(sources.size());
        List<Layer> layers = new ArrayList<>();
        for (LayerSource source : sources) {
            layers.add(new Layer(source.index(), source.diffId(), instructions.get(source.index())));
        }
        return layers;
    }

    @Override
    public FileTree read(Interest interest, Gaps gaps) throws InputException, IOException {
        return read(interest, Watch.NONE, gaps);
    }

    @Override
    public FileTree read(Interest interest, Watch watch, Gaps gaps) throws InputException, IOException {
        try {
            tellWhatIsMissing(gaps);
            TreeMerger merger = new TreeMerger(interest, gaps);
            LayerMemory layers = new LayerMemory(memory, proof, interest, watch, limits);
            read.clear();
            new LayerReading(sources, limits, interest, watch, spill, layers).run((source, layer) -> {
                tellWhatIsOdd(source, layer, gaps);
                merger.add(layer);
                read.add(layer);
            });
            isVerified = read.stream().allMatch(layer -> layer.diffId().isPresent());
            keeper = Optional.of(layers);
            return merger.finish();
        } catch (InputException wrong) {
            throw wrong.in(description.given());
        }
    }

    private void tellWhatIsMissing(Gaps gaps) {
        int promised = configuration.diffIds().size();
        if (promised != sources.size()) {
            gaps.add(
                    Gap.Code.MISSING_LAYER,
                    "layers",
                    String.format(
                            Locale.ROOT,
                            "the configuration lists %d layers, the image carries %d: those it lacks were not examined",
                            promised,
                            sources.size()));
        }
        if (!configuration.attributes(sources.size())) {
            gaps.add(
                    Gap.Code.HISTORY_MISMATCH,
                    "history",
                    String.format(
                            Locale.ROOT,
                            "the history has %d steps that made a layer, the image %d layers: files are not attributed to instructions",
                            configuration.layerSteps(),
                            sources.size()));
        }
    }

    private void tellWhatIsOdd(LayerSource source, LayerPass.ReadLayer layer, Gaps gaps) {
        if (layer.diffId().isEmpty()) {
            gaps.add(Gap.Code.MISSING_LAYER, source.label(), "the image names it and does not carry it: not examined");
        }
        List<Digest> promised = configuration.diffIds();
        if (source.diffId().isEmpty()
                && layer.diffId().isPresent()
                && !promised.contains(layer.diffId().get())) {
            gaps.add(
                    Gap.Code.MISSING_LAYER,
                    source.label(),
                    String.format(
                            Locale.ROOT,
                            "it hashes to %s, which is none of the layers that the configuration lists: examined, but not verified",
                            layer.diffId().get()));
        }
        if (layer.hidesArchive()) {
            gaps.add(
                    Gap.Code.UNSUPPORTED,
                    source.label(),
                    "another archive stands behind the end of its tar, where no container runtime reads on: not examined");
        }
        if (layer.oddWhiteouts() > 0) {
            gaps.add(
                    Gap.Code.UNREADABLE,
                    source.label(),
                    String.format(
                            Locale.ROOT,
                            "%d whiteouts name nothing that could be removed: ignored",
                            layer.oddWhiteouts()));
        }
    }

    /** The layers are hashed on all processors where that is needed; the first that cannot be proven ends it. */
    @Override
    public boolean isProven() throws InputException, IOException {
        if (!memory.isOn() || !isWhole()) {
            return false;
        }
        isVerified |= ProofOfLayers.of(sources, proof);
        return isVerified;
    }

    /** Whether each layer that the configuration lists is here and has a digest to be verified by. */
    private boolean isWhole() {
        return configuration.diffIds().size() == sources.size()
                && sources.stream().allMatch(source -> source.diffId().isPresent());
    }

    @Override
    public boolean remember() throws InputException, IOException {
        if (!memory.isOn() || !isWhole() || !isVerified) {
            return false;
        }
        proof.remember(sources);
        keeper.ifPresent(layers -> read.forEach(layers::keepContents));
        return true;
    }

    @Override
    public void close() throws IOException {
        try (store) {
            spill.close();
        }
    }
}
