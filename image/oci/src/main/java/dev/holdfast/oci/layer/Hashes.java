package dev.holdfast.oci.layer;

import dev.holdfast.archive.ByteSource;
import dev.holdfast.archive.Compression;
import dev.holdfast.archive.DigestingSource;
import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.oci.store.Blob;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The hashes of one layer: of its bytes as stored, and of its bytes unfolded. Where nothing is folded, and both are asked for in one
 * algorithm, they are one.
 */
public final class Hashes {
    private final boolean isPlain;
    private final String plainAlgorithm;
    private final MessageDigest plain;
    private final Optional<MessageDigest> stored;

    public Hashes(LayerSource layer, Compression kind) {
        isPlain = kind == Compression.NONE;
        Optional<Digest> plainDigest = layer.diffId().or(() -> isPlain ? layer.blobDigest() : Optional.empty());
        plainAlgorithm = plainDigest.map(Digest::algorithm).orElse("sha256");
        plain = plainDigest.map(Digest::newMessageDigest).orElseGet(Digest::newSha256);
        stored = layer.blobDigest()
                .filter(digest -> !isPlain || !digest.algorithm().equals(plainAlgorithm))
                .map(Digest::newMessageDigest);
    }

    /** Whether the layer is not compressed. */
    public boolean isPlain() {
        return isPlain;
    }

    public MessageDigest plain() {
        return plain;
    }

    /** The source, hashed on the way where that is needed. */
    public ByteSource stored(ByteSource source) {
        return stored.isPresent() ? new DigestingSource(source, stored.get()) : source;
    }

    /** Finishes both and compares them with what the image promises; the result is what the unfolded bytes hash to. */
    public Digest check(LayerSource layer) throws InputException {
        byte[] plainRaw = plain.digest();
        if (layer.blobDigest().isPresent()) {
            byte[] storedRaw = stored.map(MessageDigest::digest).orElse(plainRaw);
            Blob.check("it", layer.blobDigest().get(), storedRaw);
        }
        if (layer.diffId().isPresent()) {
            Blob.check("its uncompressed content", layer.diffId().get(), plainRaw);
        }
        return new Digest(plainAlgorithm, HexFormat.of().formatHex(plainRaw));
    }
}
