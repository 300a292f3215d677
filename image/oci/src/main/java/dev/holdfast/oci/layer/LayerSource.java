package dev.holdfast.oci.layer;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.oci.store.Blob;
import java.io.IOException;
import java.util.Optional;

/**
 * One layer to be read.
 *
 * @param index position from the bottom
 * @param label how messages name it
 * @param bytes where its bytes are
 * @param size how long they are, as far as that is known before
 * @param blobDigest what the bytes as stored must hash to, where the image says so
 * @param diffId what the uncompressed bytes must hash to, where the image says so
 */
public record LayerSource(
        int index, String label, Bytes bytes, long size, Optional<Digest> blobDigest, Optional<Digest> diffId) {

    /** A layer whose bytes are at hand. */
    public LayerSource(
            int index, String label, Optional<Blob> blob, Optional<Digest> blobDigest, Optional<Digest> diffId) {
        this(index, label, new Near(blob), blob.map(Blob::size).orElse(0L), blobDigest, diffId);
    }

    /** Where a layer's bytes are. */
    public sealed interface Bytes {
        /** Empty when the image names the layer and does not carry it. */
        Optional<Blob> find() throws InputException, IOException;
    }

    /** At hand. */
    public record Near(Optional<Blob> blob) implements Bytes {
        @Override
        public Optional<Blob> find() {
            return blob;
        }
    }

    /** Afar, and fetched when they are asked for; what has this digest is known without asking. */
    public record Far(Fetch fetch) implements Bytes {
        @Override
        public Optional<Blob> find() throws InputException, IOException {
            return fetch.find();
        }
    }

    /** Fetches bytes, or finds that there are none. */
    @FunctionalInterface
    public interface Fetch {
        Optional<Blob> find() throws InputException, IOException;
    }
}
