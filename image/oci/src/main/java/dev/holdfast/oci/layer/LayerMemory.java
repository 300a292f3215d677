package dev.holdfast.oci.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.memory.DamagedFactsException;
import dev.holdfast.memory.FactReader;
import dev.holdfast.memory.FactWriter;
import dev.holdfast.memory.Memory;
import dev.holdfast.memory.Shelf;
import dev.holdfast.oci.Interest;
import dev.holdfast.oci.Watch;
import java.io.IOException;
import java.util.Optional;

/**
 * What one pass over a layer found, remembered under the digest of its uncompressed bytes, so that another image with the same layer need
 * not read it: its entries, the notes of the watch, and later the contents that were asked for.
 *
 * <pre>
 * layer = bytes entries oddWhiteouts hidesArchive index ;     what it took of the {@link Allowance}, then what {@link LayerPass.ReadLayer} holds
 * </pre>
 *
 * Nothing is remembered for an {@link Interest} or {@link Watch} without an edition. Safe for use by several threads.
 */
public final class LayerMemory {
    /** Beyond it, writing the entries down takes more memory than reading them. */
    private static final int MOST_ENTRIES = 500_000;

    private final Memory memory;
    private final LayerProof proof;
    private final Watch watch;
    private final String interestTerms;
    private final String watchTerms;
    private final boolean isUsable;

    public LayerMemory(Memory memory, LayerProof proof, Interest interest, Watch watch, Limits limits) {
        this.memory = memory;
        this.proof = proof;
        this.watch = watch;
        this.isUsable = memory.isOn()
                && interest.edition().isPresent()
                && (!watch.sees() || watch.edition().isPresent());
        this.interestTerms = interest.edition().orElse("") + " " + limits;
        this.watchTerms = watch.edition().orElse("") + " " + limits;
    }

    /** What a layer took of the allowance of its target. */
    record Taken(long bytes, long entries) {}

    /**
     * The layer as it was read before, when its bytes are proven to be the same.
     *
     * @param contents fetches what is not remembered
     */
    Optional<LayerPass.ReadLayer> recall(LayerSource layer, Allowance allowance, LayerContents contents)
            throws InputException, IOException {
        if (!isUsable || layer.diffId().isEmpty()) {
            return Optional.empty();
        }
        Digest diffId = layer.diffId().get();
        if (!memory.mayKnow(Shelf.LAYERS, about(interestTerms, diffId))
                || !memory.mayKnow(Shelf.CONTENTS, about(interestTerms, diffId))
                || watch.sees() && !memory.mayKnow(Shelf.NOTES, about(watchTerms, diffId))
                || !proof.prove(layer)) {
            return Optional.empty();
        }
        try {
            return read(layer.index(), diffId, allowance, contents);
        } catch (DamagedFactsException unknown) {
            return Optional.empty();
        }
    }

    private Optional<LayerPass.ReadLayer> read(int position, Digest diffId, Allowance allowance, LayerContents contents)
            throws InputException, DamagedFactsException {
        Optional<FactReader> found = memory.find(Shelf.LAYERS, about(interestTerms, diffId));
        Optional<FactReader> notes =
                watch.sees() ? memory.find(Shelf.NOTES, about(watchTerms, diffId)) : Optional.empty();
        if (found.isEmpty() || watch.sees() && notes.isEmpty()) {
            return Optional.empty();
        }
        FactReader facts = found.get();
        Taken taken = new Taken(facts.number(), facts.number());
        int oddWhiteouts = facts.number(Integer.MAX_VALUE);
        boolean hidesArchive = facts.flag();
        LayerIndex index = LayerIndex.read(facts);
        if (notes.isPresent()) {
            watch.recall(position, notes.get());
        }
        allowance.takeBytes(taken.bytes());
        allowance.takeEntries(taken.entries());
        LayerContents remembered = new RememberedContents(memory, about(interestTerms, diffId), contents);
        return Optional.of(new LayerPass.ReadLayer(
                index, new AskedContents(remembered), Optional.of(diffId), oddWhiteouts, hidesArchive));
    }

    /** Remembers a layer that was read and verified, before it is merged. */
    void keep(LayerPass.ReadLayer layer, Taken taken, Watch.LayerWatch watched) {
        if (!isUsable || layer.diffId().isEmpty() || layer.index().count() > MOST_ENTRIES) {
            return;
        }
        Digest diffId = layer.diffId().get();
        FactWriter facts = new FactWriter();
        facts.number(taken.bytes()).number(taken.entries());
        facts.number(layer.oddWhiteouts()).flag(layer.hidesArchive());
        layer.index().write(facts);
        memory.keep(Shelf.LAYERS, about(interestTerms, diffId), facts);
        if (watch.sees()) {
            FactWriter notes = new FactWriter();
            watched.write(notes);
            memory.keep(Shelf.NOTES, about(watchTerms, diffId), notes);
        }
    }

    /** Remembers the contents of a layer that were asked for since. */
    public void keepContents(LayerPass.ReadLayer layer) {
        if (isUsable && layer.diffId().isPresent() && layer.contents() instanceof AskedContents contents) {
            RememberedContents.keep(memory, about(interestTerms, layer.diffId().get()), layer, contents);
        }
    }

    private static Digest about(String terms, Digest diffId) {
        return Digest.sha256((terms + " " + diffId).getBytes(UTF_8));
    }
}
