package dev.holdfast.archive;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.IOException;
import java.util.Locale;

/**
 * How a stream is compressed, told from its first bytes and never from a name or a media type: builders write wrong ones.
 *
 * <table>
 * <caption>Magic bytes</caption>
 * <tr><td>gzip (RFC 1952)</td><td>{@code 1f 8b 08}</td></tr>
 * <tr><td>zstd (RFC 8878)</td><td>{@code 28 b5 2f fd}, or a skippable frame {@code 50..5f 2a 4d 18}</td></tr>
 * <tr><td>xz</td><td>{@code fd 37 7a 58 5a 00}</td></tr>
 * <tr><td>bzip2</td><td>{@code 42 5a 68} and a digit 1 to 9</td></tr>
 * </table>
 */
public enum Compression {
    NONE,
    GZIP,
    ZSTD,
    XZ,
    BZIP2;

    /** How many first bytes {@link #of} wants to see. */
    public static final int MAGIC_BYTES = 6;

    /** Tells the compression from the first bytes of a stream; fewer than {@link #MAGIC_BYTES} are fine. */
    public static Compression of(byte[] head, int length) {
        if (startsWith(head, length, 0x1f, 0x8b, 0x08)) {
            return GZIP;
        }
        if (startsWith(head, length, 0x28, 0xb5, 0x2f, 0xfd)) {
            return ZSTD;
        }
        if (length >= 4 && (head[0] & 0xf0) == 0x50 && head[1] == 0x2a && head[2] == 0x4d && head[3] == 0x18) {
            return ZSTD;
        }
        if (startsWith(head, length, 0xfd, '7', 'z', 'X', 'Z', 0)) {
            return XZ;
        }
        if (startsWith(head, length, 'B', 'Z', 'h') && length >= 4 && head[3] >= '1' && head[3] <= '9') {
            return BZIP2;
        }
        return NONE;
    }

    /** The word for messages: {@code gzip}, {@code zstd}, … */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Opens a stream as what its first bytes say it is, guarded by {@link Limits#ratio()} and {@link Limits#totalBytes()}. Closing the
     * result closes the given source.
     */
    public static Unfolded open(ByteSource source, Limits limits) throws IOException, InputException {
        PeekedSource peeked = PeekedSource.of(source, MAGIC_BYTES);
        Compression kind = of(peeked.head(), peeked.headLength());
        CountingSource counted = new CountingSource(peeked);
        ByteSource unfolded = switch (kind) {
            case NONE -> counted;
            case GZIP -> new GzipSource(counted);
            case ZSTD, XZ, BZIP2 -> LibrarySource.open(kind, counted);
        };
        return new Unfolded(kind, new UnfoldGuard(kind, counted, unfolded, limits));
    }

    /**
     * An opened stream.
     *
     * @param kind what the bytes turned out to be
     * @param content the uncompressed bytes
     */
    public record Unfolded(Compression kind, ByteSource content) {}

    private static boolean startsWith(byte[] head, int length, int... magic) {
        if (length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
