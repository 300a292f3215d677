package dev.holdfast.oci.layer;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.FileContent;
import dev.holdfast.oci.store.Spill;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Contents of a compressed layer: those that somebody wanted were kept while it was unfolded; any other costs another pass over the
 * layer, once.
 */
public final class KeptContents implements LayerContents {
    /** Fetches contents by reading the layer again. */
    @FunctionalInterface
    public interface Fetcher {
        /** By entry; all that were asked for, or it fails. */
        Map<Integer, Spill.Kept> fetch(BitSet entries) throws InputException, IOException;
    }

    private final Fetcher fetcher;
    private final List<Spill.Kept> kept = new ArrayList<>();

    public KeptContents(Fetcher fetcher) {
        this.fetcher = fetcher;
    }

    /** Notes a content that was kept; the result is its location. */
    public synchronized long keep(Spill.Kept content) {
        kept.add(content);
        return kept.size() - 1L;
    }

    @Override
    public synchronized FileContent content(LayerIndex index, int entry, String path)
            throws InputException, IOException {
        if (index.location(entry) == LayerIndex.NOT_KEPT) {
            fetch(index, entry);
        }
        FileContent stored = new Held(kept.get((int) index.location(entry)));
        return index.isSparse(entry) ? new SparseContent(stored, index.extents(entry), index.size(entry)) : stored;
    }

    /** Fetches the entry, and with it all others that somebody wants: a layer is long, and one who asks for one asks for more. */
    private void fetch(LayerIndex index, int entry) throws InputException, IOException {
        BitSet entries = new BitSet();
        for (int each = 0; each < index.count(); each++) {
            boolean isMissing = index.location(each) == LayerIndex.NOT_KEPT
                    && index.kind(each) == LayerIndex.Kind.REGULAR
                    && index.has(each, LayerIndex.WANTED);
            entries.set(each, isMissing);
        }
        entries.set(entry);
        fetcher.fetch(entries).forEach((each, content) -> index.setLocation(each, keep(content)));
    }

    private record Held(Spill.Kept kept) implements FileContent {
        @Override
        public long size() {
            return kept.size();
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            return kept.read(position, target, offset, length);
        }
    }
}
