package dev.holdfast.oci.containerd;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.database.bolt.BoltFile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What containerd's plugin for Kubernetes notes beside a container, for good:
 *
 * <pre>
 *   0A LENGTH TYPE   12 LENGTH DOCUMENT     a protobuf Any; lengths seven bits a byte, lowest first
 *   {"Version":"v1","Metadata":{"ImageRef":"sha256:ID", ...}}
 * </pre>
 *
 * The id of an image is the digest of its configuration.
 */
final class CriNote {
    /** By which it is noted, in the order of age. */
    static final List<String> NAMES =
            List.of("io.cri-containerd.container.metadata", "io.containerd.cri.container.metadata");

    private static final int TYPE = 0x0a;
    private static final int DOCUMENT = 0x12;

    /** Labels of a pod are among it. */
    private static final int MOST_BYTES = 1 << 20;

    private CriNote() {}

    /** The id of the image that the container was made of; empty when it is not told. */
    static Optional<Digest> imageId(ByteBuffer note) {
        return document(note.duplicate()).flatMap(CriNote::parsed);
    }

    private static Optional<Digest> parsed(ByteBuffer document) {
        if (document.remaining() > MOST_BYTES) {
            return Optional.empty();
        }
        try {
            return Json.parse(BoltFile.bytes(document), Limits.DEFAULT)
                    .at("Metadata", "ImageRef")
                    .text()
                    .flatMap(Digest::parse);
        } catch (InputException broken) {
            return Optional.empty();
        }
    }

    private static Optional<ByteBuffer> document(ByteBuffer note) {
        while (note.hasRemaining()) {
            int kind = note.get();
            long length = length(note);
            if (length > note.remaining() || (kind != TYPE && kind != DOCUMENT)) {
                return Optional.empty();
            }
            if (kind == DOCUMENT) {
                return Optional.of(note.slice(note.position(), (int) length));
            }
            note.position(note.position() + (int) length);
        }
        return Optional.empty();
    }

    /** More than there can be when it does not end. */
    private static long length(ByteBuffer note) {
        long length = 0;
        for (int shift = 0; note.hasRemaining() && shift < 35; shift += 7) {
            int part = note.get();
            length |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return length;
            }
        }
        return Long.MAX_VALUE;
    }
}
