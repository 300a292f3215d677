package dev.holdfast.oci.layer;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.memory.DamagedFactsException;
import dev.holdfast.memory.FactReader;
import dev.holdfast.memory.FactWriter;
import dev.holdfast.memory.Memory;
import dev.holdfast.memory.Shelf;
import dev.holdfast.oci.FileContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Contents of a layer that is not read this time. Those that were asked for the last time are remembered; any other is fetched from the
 * layer itself.
 *
 * <pre>
 * contents = list of: entry size ; then the bytes of each, in the same order ;
 * </pre>
 */
final class RememberedContents implements LayerContents {
    /** A larger one is fetched again: writing it down would cost the first scan more than it saves the next. */
    private static final long MOST_BYTES = 16 << 20;

    /** The same for all of a layer together. */
    private static final long MOST_BYTES_OF_LAYER = 64 << 20;

    private static final int PIECE = 64 << 10;

    private final Memory memory;
    private final Digest about;
    private final LayerContents layer;
    private Optional<Map<Integer, ByteBuffer>> known = Optional.empty();

    RememberedContents(Memory memory, Digest about, LayerContents layer) {
        this.memory = memory;
        this.about = about;
        this.layer = layer;
    }

    @Override
    public FileContent content(LayerIndex index, int entry, String path) throws InputException, IOException {
        ByteBuffer bytes = known().get(entry);
        return bytes != null && bytes.limit() == index.size(entry)
                ? new Buffered(bytes)
                : layer.content(index, entry, path);
    }

    private synchronized Map<Integer, ByteBuffer> known() {
        if (known.isEmpty()) {
            known = Optional.of(read(memory, about));
        }
        return known.get();
    }

    private static Map<Integer, ByteBuffer> read(Memory memory, Digest about) {
        Map<Integer, ByteBuffer> contents = new HashMap<>();
        Optional<FactReader> found = memory.find(Shelf.CONTENTS, about);
        if (found.isEmpty()) {
            return contents;
        }
        try {
            FactReader facts = found.get();
            List<int[]> sizes =
                    facts.list(() -> new int[] {facts.number(Integer.MAX_VALUE), facts.number((int) MOST_BYTES)});
            ByteBuffer bytes = facts.rest();
            int at = 0;
            for (int[] size : sizes) {
                if (size[1] > bytes.limit() - at) {
                    throw new DamagedFactsException("they end early");
                }
                contents.put(size[0], bytes.slice(at, size[1]));
                at += size[1];
            }
            return contents;
        } catch (DamagedFactsException unknown) {
            return new HashMap<>();
        }
    }

    /** Remembers those contents that were asked for, if that is not what is remembered already. */
    static void keep(Memory memory, Digest about, LayerPass.ReadLayer layer, AskedContents contents) {
        Map<Integer, ByteBuffer> known = read(memory, about);
        List<Integer> entries = new ArrayList<>(known.keySet());
        long total = known.values().stream().mapToLong(ByteBuffer::limit).sum();
        for (int entry : contents.asked().toArray()) {
            long size = layer.index().size(entry);
            if (!known.containsKey(entry)
                    && size <= MOST_BYTES
                    && size <= MOST_BYTES_OF_LAYER - total
                    && !layer.index().isSparse(entry)) {
                entries.add(entry);
                total += size;
            }
        }
        if (memory.mayKnow(Shelf.CONTENTS, about) && entries.size() == known.size()) {
            return;
        }
        entries.sort(null);
        FactWriter facts = new FactWriter();
        facts.list(entries, entry -> facts.number(entry).number(layer.index().size(entry)));
        memory.keep(Shelf.CONTENTS, about, facts, new Bytes(layer.index(), contents, entries, total));
    }

    private record Bytes(LayerIndex index, AskedContents contents, List<Integer> entries, long length)
            implements Memory.Tail {
        @Override
        public void writeTo(Memory.Pieces out) throws IOException {
            byte[] piece = new byte[PIECE];
            for (int entry : entries) {
                FileContent content = content(entry);
                long at = 0;
                for (int got = 0; at < content.size(); at += got) {
                    got = content.read(at, piece, 0, piece.length);
                    if (got <= 0) {
                        throw new IOException("a content that ends early");
                    }
                    out.take(piece, 0, got);
                }
            }
        }

        private FileContent content(int entry) throws IOException {
            try {
                return contents.content(index, entry, "");
            } catch (InputException gone) {
                throw new IOException(gone);
            }
        }
    }

    private record Buffered(ByteBuffer bytes) implements FileContent {
        @Override
        public long size() {
            return bytes.limit();
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) {
            int most = (int) Math.min(length, bytes.limit() - position);
            if (most <= 0) {
                return 0;
            }
            bytes.get((int) position, target, offset, most);
            return most;
        }
    }
}
