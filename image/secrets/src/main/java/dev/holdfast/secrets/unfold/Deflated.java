package dev.holdfast.secrets.unfold;

import dev.holdfast.core.Limits;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unfolds one deflated stream as it passes by: the first member of a gzip file (RFC 1952), or a loose object of git, which is zlib (RFC
 * 1950) around {@code type size NUL content}.
 *
 * <pre>
 * gzip = 1f 8b 08 flags(1) time(4) extra(1) system(1) [ length(2) field ] [ name NUL ] [ comment NUL ] [ crc(2) ] deflated crc(4) size(4)
 * </pre>
 */
final class Deflated {
    private static final int GZIP_HEADER = 10;
    private static final int FLAG_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;

    private final Limits limits;
    private final byte[] unfolded = new byte[32 << 10];
    private final Inflater inflater;
    private boolean skipsHead;
    private long taken;
    private long given;
    private boolean isDone;
    private Optional<String> problem = Optional.empty();

    /** @param isZlib whether it is an object of git; else gzip */
    Deflated(boolean isZlib, Limits limits) {
        this.inflater = new Inflater(!isZlib);
        this.skipsHead = isZlib;
        this.limits = limits;
    }

    /** How many bytes the header of a gzip file has, or -1 when it is none or not all of it is here. */
    static int gzipHeader(byte[] bytes, int length) {
        if (length < GZIP_HEADER || (bytes[0] & 0xff) != 0x1f || (bytes[1] & 0xff) != 0x8b || bytes[2] != 8) {
            return -1;
        }
        int flags = bytes[3];
        int at = GZIP_HEADER;
        if ((flags & FLAG_EXTRA) != 0) {
            at += length - at < 2 ? length : 2 + (bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8);
        }
        at = (flags & FLAG_NAME) != 0 ? behindText(bytes, at, length) : at;
        at = (flags & FLAG_COMMENT) != 0 ? behindText(bytes, at, length) : at;
        at += (flags & FLAG_CRC) != 0 ? 2 : 0;
        return at < length ? at : -1;
    }

    private static int behindText(byte[] bytes, int from, int length) {
        int at = from;
        while (at < length && bytes[at] != 0) {
            at++;
        }
        return at + 1;
    }

    /** Whether a file of this path and beginning is a loose object of git. */
    static boolean isGitObject(String path, byte[] bytes, int length) {
        return length > 2
                && path.contains("/objects/")
                && bytes[0] == 0x78
                && ((bytes[0] & 0xff) << 8 | bytes[1] & 0xff) % 31 == 0;
    }

    Optional<String> problem() {
        return problem;
    }

    /** Takes the next bytes, and shows what they unfold to. */
    void accept(byte[] bytes, int offset, int length, Entries inner) {
        if (isDone) {
            return;
        }
        taken += length;
        inflater.setInput(bytes, offset, length);
        try {
            while (!inflater.finished()) {
                int got = inflater.inflate(unfolded);
                if (got == 0) {
                    isDone = inflater.needsDictionary();
                    return;
                }
                given += got;
                show(got, inner);
                if (given > limits.totalBytes() || given / limits.ratio() > taken) {
                    stop("it unfolds to more than " + given + " bytes");
                    return;
                }
            }
            isDone = true;
        } catch (DataFormatException wrong) {
            stop("it does not unfold");
        }
    }

    private void show(int count, Entries inner) {
        int from = 0;
        if (skipsHead) {
            skipsHead = false;
            from = Math.min(count, behindText(unfolded, 0, Math.min(count, 40)));
        }
        inner.content(unfolded, from, count - from);
    }

    private void stop(String why) {
        problem = Optional.of(why);
        isDone = true;
    }

    void close() {
        inflater.end();
    }
}
