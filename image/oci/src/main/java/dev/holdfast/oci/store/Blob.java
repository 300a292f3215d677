package dev.holdfast.oci.store;

import dev.holdfast.archive.FileRange;
import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.memory.FileIdentity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Locale;
import java.util.Optional;

/**
 * Bytes in a seekable place: a member of an uncompressed archive or a file of a layout.
 *
 * @param file open, and owned by the {@link BlobStore} that gave the blob
 * @param offset where it begins
 * @param size how long it is
 * @param origin by what the file that the user gave is known again; empty where it is not
 */
public record Blob(FileChannel file, long offset, long size, Optional<FileIdentity> origin) {
    /** Bytes in a file of ours, which nobody will meet again. */
    public Blob(FileChannel file, long offset, long size) {
        this(file, offset, size, Optional.empty());
    }

    /** The largest document (manifest, index, configuration) that is read; honest ones have some kilobytes. */
    public static final int MOST_DOCUMENT_BYTES = 32 << 20;

    public FileRange open() {
        return new FileRange(file, offset, size);
    }

    /** All bytes of a document, checked against its digest where that is known. */
    public byte[] document(String what, Optional<Digest> expected) throws InputException, IOException {
        if (size > MOST_DOCUMENT_BYTES) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "%s has %,d bytes, more than the %,d that are read",
                            what,
                            size,
                            MOST_DOCUMENT_BYTES));
        }
        byte[] bytes = new byte[(int) size];
        FileRange range = open();
        int have = range.readFully(bytes, 0, bytes.length);
        if (have < bytes.length) {
            throw new InputException(
                    InputException.Code.TRUNCATED,
                    String.format(Locale.ROOT, "%s ends after %,d of %,d bytes", what, have, size));
        }
        if (expected.isPresent()) {
            check(what, expected.get(), expected.get().newMessageDigest().digest(bytes));
        }
        return bytes;
    }

    /** Compares a finished message digest with what was promised. */
    public static void check(String what, Digest expected, byte[] raw) throws InputException {
        if (!expected.matches(raw)) {
            throw new InputException(
                    InputException.Code.DIGEST_MISMATCH,
                    String.format(
                            Locale.ROOT,
                            "%s is damaged or was changed: expected %s, found %s:%s",
                            what,
                            expected,
                            expected.algorithm(),
                            java.util.HexFormat.of().formatHex(raw)));
        }
    }
}
