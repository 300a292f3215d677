package dev.holdfast.oci.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.archive.ByteSource;
import dev.holdfast.archive.Compression;
import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.memory.DamagedFactsException;
import dev.holdfast.memory.FactReader;
import dev.holdfast.memory.FactWriter;
import dev.holdfast.memory.FileIdentity;
import dev.holdfast.memory.Memory;
import dev.holdfast.memory.Shelf;
import dev.holdfast.oci.store.Blob;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells whether a layer's bytes are what the image says of them, with as little reading as that takes. In this order:
 *
 * <ol>
 *   <li>they lie in a file that is still the one in which they were verified ({@link FileIdentity});
 *   <li>they come from afar by their digest, and what has this digest was verified before: nobody reads them then;
 *   <li>they are hashed as they are stored, without being unfolded.
 * </ol>
 *
 * Whatever remains is not known, and the layer is read like any other. Safe for use by several threads.
 */
public final class LayerProof {
    private static final int PIECE = 128 << 10;

    private final Memory memory;
    private final Map<FileIdentity, Set<Range>> seen = new ConcurrentHashMap<>();

    /** Bytes of a file, and what they were verified to be. */
    private record Range(long offset, long size, Optional<Digest> blobDigest, Digest diffId) {}

    public LayerProof(Memory memory) {
        this.memory = memory;
    }

    /** Whether the layer is known to be what the image says, without reading any of it. */
    public boolean isProven(LayerSource layer) throws InputException, IOException {
        if (layer.diffId().isEmpty()) {
            return false;
        }
        return switch (layer.bytes()) {
            case LayerSource.Far far ->
                layer.blobDigest().isPresent() && isKnownBlob(layer.blobDigest().get(), layer);
            case LayerSource.Near near ->
                near.blob().isPresent() && wasSeen(near.blob().get(), layer);
        };
    }

    /** Whether the layer is what the image says; reads its bytes as stored when that is the only way to know. */
    public boolean prove(LayerSource layer) throws InputException, IOException {
        if (isProven(layer)) {
            return true;
        }
        return layer.diffId().isPresent()
                && layer.bytes() instanceof LayerSource.Near near
                && near.blob().isPresent()
                && hashes(near.blob().get(), layer);
    }

    private boolean hashes(Blob blob, LayerSource layer) throws IOException {
        boolean isPlain = isPlain(blob);
        Digest diffId = layer.diffId().orElseThrow();
        if (!isPlain
                && (layer.blobDigest().isEmpty()
                        || !isKnownBlob(layer.blobDigest().get(), layer))) {
            return false; // only unfolding tells
        }
        Digest expected = layer.blobDigest().orElse(diffId);
        if (isPlain && !expected.equals(diffId)) {
            return false;
        }
        MessageDigest digest = expected.newMessageDigest();
        byte[] piece = new byte[PIECE];
        try (ByteSource source = blob.open()) {
            for (int got = 0; got >= 0; got = source.read(piece, 0, piece.length)) {
                digest.update(piece, 0, got);
            }
        } catch (InputException cutOff) {
            return false; // the ordinary way tells what is wrong
        }
        return expected.matches(digest.digest());
    }

    private static boolean isPlain(Blob blob) throws IOException {
        byte[] head = new byte[Compression.MAGIC_BYTES];
        try {
            return Compression.of(head, blob.open().readFully(head, 0, head.length)) == Compression.NONE;
        } catch (InputException cutOff) {
            return true;
        }
    }

    private boolean isKnownBlob(Digest blob, LayerSource layer) {
        return layerIn(memory, blob).equals(layer.diffId());
    }

    /** The layer that a blob was found to hold, uncompressed; empty when it was never read. */
    public static Optional<Digest> layerIn(Memory memory, Digest blob) {
        Optional<FactReader> facts = memory.find(Shelf.BLOBS, blob);
        try {
            return facts.isPresent() ? Optional.of(facts.get().digest()) : Optional.empty();
        } catch (DamagedFactsException unknown) {
            return Optional.empty();
        }
    }

    private boolean wasSeen(Blob blob, LayerSource layer) {
        return blob.origin().isPresent()
                && seen.computeIfAbsent(blob.origin().get(), this::rangesOf)
                        .contains(new Range(
                                blob.offset(),
                                blob.size(),
                                layer.blobDigest(),
                                layer.diffId().orElseThrow()));
    }

    private Set<Range> rangesOf(FileIdentity file) {
        Set<Range> ranges = new LinkedHashSet<>();
        Optional<FactReader> facts = memory.find(Shelf.FILES, about(file));
        try {
            if (facts.isPresent() && FileIdentity.read(facts.get()).equals(file)) {
                ranges.addAll(facts.get().list(() -> read(facts.get())));
            }
        } catch (DamagedFactsException unknown) {
            ranges.clear();
        }
        return ranges;
    }

    private static Digest about(FileIdentity file) {
        return Digest.sha256(file.path().getBytes(UTF_8));
    }

    private static Range read(FactReader facts) throws DamagedFactsException {
        return new Range(facts.number(), facts.number(), facts.option(facts::digest), facts.digest());
    }

    private static void write(Range range, FactWriter facts) {
        facts.number(range.offset()).number(range.size());
        facts.option(range.blobDigest().stream(), facts::digest).digest(range.diffId());
    }

    /** Remembers that all of these layers were verified just now, if the files they lie in are still the same. */
    public void remember(List<LayerSource> layers) throws InputException, IOException {
        Map<FileIdentity, List<Range>> byFile = new LinkedHashMap<>();
        for (LayerSource layer : layers) {
            if (layer.diffId().isEmpty()) {
                continue;
            }
            Digest diffId = layer.diffId().get();
            layer.blobDigest().ifPresent(blob -> {
                if (!layerIn(memory, blob).equals(layer.diffId())) {
                    memory.keep(Shelf.BLOBS, blob, new FactWriter().digest(diffId));
                }
            });
            if (layer.bytes() instanceof LayerSource.Near near && near.blob().isPresent()) {
                Blob blob = near.blob().get();
                blob.origin()
                        .ifPresent(file -> byFile.computeIfAbsent(file, first -> new ArrayList<>())
                                .add(new Range(blob.offset(), blob.size(), layer.blobDigest(), diffId)));
            }
        }
        byFile.forEach(this::rememberFile);
    }

    private void rememberFile(FileIdentity file, List<Range> verified) {
        Set<Range> all = seen.computeIfAbsent(file, this::rangesOf);
        Set<Range> more = new LinkedHashSet<>(all);
        if (more.addAll(verified) && file.isCurrent()) {
            FactWriter facts = new FactWriter();
            file.write(facts);
            facts.list(List.copyOf(more), range -> write(range, facts));
            memory.keep(Shelf.FILES, about(file), facts);
        }
    }
}
