package dev.holdfast.oci.layer;

import dev.holdfast.archive.TarEntry;
import dev.holdfast.archive.TarSink;
import dev.holdfast.oci.Want;
import dev.holdfast.oci.Watch;
import dev.holdfast.oci.store.Spill;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the content of one entry out of a layer that is read again, by the number the entry has in the {@link LayerIndex}. */
public final class EntryFetch implements TarSink {
    /** Counts the entries exactly as the first pass did. */
    private final LayerWalk numbers;

    private final int wanted;
    private final Spill spill;
    private Spill.@Nullable Kept kept;
    private boolean isComplete;

    public EntryFetch(int wanted, Spill spill, int pathLimit) {
        this.numbers =
                new LayerWalk((path, header) -> Want.NOTHING, Watch.LayerWatch.BLIND, Optional.empty(), pathLimit);
        this.wanted = wanted;
        this.spill = spill;
    }

    @Override
    public boolean entry(TarEntry tar) throws IOException {
        boolean isFile = numbers.entry(tar);
        if (!isFile || kept != null || numbers.index().count() - 1 != wanted) {
            return false;
        }
        kept = spill.reserve(tar.storedSize());
        return true;
    }

    @Override
    public void content(byte[] bytes, int offset, int length) throws IOException {
        if (kept != null) {
            kept.append(bytes, offset, length);
        }
    }

    @Override
    public void contentEnd() {
        isComplete = true;
    }

    public boolean isComplete() {
        return isComplete;
    }

    public Optional<Spill.Kept> content() {
        return isComplete ? Optional.ofNullable(kept) : Optional.empty();
    }
}
