package dev.holdfast.oci.layer;

import dev.holdfast.core.Digest;
import dev.holdfast.oci.store.Blob;
import java.util.Optional;

/**
 * One layer to be read.
 *
 * @param index position from the bottom
 * @param label how messages name it
 * @param blob its bytes; empty when the image names it and does not carry it
 * @param blobDigest what the bytes as stored must hash to, where the image says so
 * @param diffId what the uncompressed bytes must hash to, where the image says so
 */
public record LayerSource(
        int index, String label, Optional<Blob> blob, Optional<Digest> blobDigest, Optional<Digest> diffId) {
    public long size() {
        return blob.map(Blob::size).orElse(0L);
    }
}
