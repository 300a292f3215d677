package dev.holdfast.oci.layer;

import dev.holdfast.archive.TarEntry;
import dev.holdfast.archive.TarSink;
import dev.holdfast.oci.Want;
import dev.holdfast.oci.Watch;
import dev.holdfast.oci.store.Spill;
import java.io.IOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the contents of some entries out of a layer that is read again, by the numbers they have in the {@link LayerIndex}. */
public final class EntryFetch implements TarSink {
    /** Counts the entries exactly as the first pass did. */
    private final LayerWalk numbers;

    private final BitSet wanted;
    private final Map<Integer, Spill.Kept> contents = new LinkedHashMap<>();
    private final Spill spill;
    private Spill.@Nullable Kept kept;
    private int entry;

    public EntryFetch(BitSet wanted, Spill spill, int pathLimit) {
        this.numbers =
                new LayerWalk((path, header) -> Want.NOTHING, Watch.LayerWatch.BLIND, Optional.empty(), pathLimit);
        this.wanted = wanted;
        this.spill = spill;
    }

    @Override
    public boolean entry(TarEntry tar) throws IOException {
        boolean isFile = numbers.entry(tar);
        entry = numbers.index().count() - 1;
        boolean isWanted = isFile && wanted.get(entry);
        kept = isWanted ? spill.reserve(tar.storedSize()) : null;
        return isWanted;
    }

    @Override
    public void content(byte[] bytes, int offset, int length) throws IOException {
        if (kept != null) {
            kept.append(bytes, offset, length);
        }
    }

    @Override
    public void contentEnd() {
        if (kept != null) {
            contents.put(entry, kept);
        }
    }

    public boolean isComplete() {
        return contents.size() == wanted.cardinality();
    }

    /** What was found of the wanted, by entry. */
    public Map<Integer, Spill.Kept> contents() {
        return contents;
    }
}
