package dev.holdfast.archive;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads gzip (RFC 1952) to its last member.
 *
 * <pre>
 * member  = 1f 8b 08 FLG MTIME(4) XFL OS
 *           [FLG.2: XLEN(2, little endian) XLEN bytes]      extra field, where eStargz keeps its offsets
 *           [FLG.3: name NUL] [FLG.4: comment NUL] [FLG.1: CRC16(2)]
 *           deflate data (RFC 1951)
 *           CRC32(4, little endian) ISIZE(4, length modulo 2^32)
 * stream  = member { member } [ padding ]
 * </pre>
 *
 * Both trailer fields are checked. What follows the last member and does not begin like another one is passed over, as gzip itself does:
 * it is part of the blob and of its digest, and not of the content.
 */
final class GzipSource implements ByteSource {
    private static final int FLAG_HEADER_CRC = 1 << 1;
    private static final int FLAG_EXTRA = 1 << 2;
    private static final int FLAG_NAME = 1 << 3;
    private static final int FLAG_COMMENT = 1 << 4;
    /** Where the reserved flags begin; RFC 1952 2.3.1.2 wants a reader to refuse them. */
    private static final int FLAGS_RESERVED = 0xe0;

    private final ByteSource folded;
    private final byte[] buffer = new byte[64 << 10];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private int position;
    private int limit;
    private long read;
    private boolean insideMember;
    private boolean ended;

    GzipSource(ByteSource folded) {
        this.folded = folded;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException, InputException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!insideMember) {
                openMember();
                continue;
            }
            int got = inflate(into, offset, length);
            if (got > 0) {
                crc.update(into, offset, got);
                return got;
            }
            if (inflater.finished()) {
                closeMember();
            } else if (inflater.needsDictionary()) {
                throw malformed("asks for a dictionary, which gzip does not have");
            } else {
                refill();
                inflater.setInput(buffer, position, limit - position);
            }
        }
        return -1;
    }

    private int inflate(byte[] into, int offset, int length) throws InputException {
        try {
            return inflater.inflate(into, offset, length);
        } catch (DataFormatException wrong) {
            throw malformed(wrong.getMessage() == null ? "its data is corrupt" : wrong.getMessage());
        }
    }

    private void openMember() throws IOException, InputException {
        if (!startsMember()) {
            drain();
            return;
        }
        next();
        int flags = next();
        if ((flags & FLAGS_RESERVED) != 0) {
            throw malformed("its header has reserved flags");
        }
        skip(6);
        if ((flags & FLAG_EXTRA) != 0) {
            int low = next();
            skip(low | next() << 8);
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        inflater.setInput(buffer, position, limit - position);
        crc.reset();
        insideMember = true;
    }

    /** Whether the next bytes are the magic of a member, which are then consumed; the end of the source is none. */
    private boolean startsMember() throws IOException, InputException {
        boolean first = read == 0;
        int a = nextOrEnd();
        int b = a == 0x1f ? nextOrEnd() : -1;
        if (a == 0x1f && b == 0x8b) {
            return true;
        }
        if (first) {
            throw malformed("its magic bytes are missing");
        }
        return false;
    }

    private void closeMember() throws IOException, InputException {
        position = limit - inflater.getRemaining();
        long expectedCrc = nextInt();
        long expectedSize = nextInt();
        if (expectedCrc != crc.getValue()) {
            throw malformed(
                    String.format(Locale.ROOT, "checksum %08x where %08x was promised", crc.getValue(), expectedCrc));
        }
        if (expectedSize != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw malformed(String.format(
                    Locale.ROOT, "%,d bytes where %,d were promised", inflater.getBytesWritten(), expectedSize));
        }
        insideMember = false;
    }

    private void drain() throws IOException, InputException {
        int got = limit;
        while (got >= 0) {
            got = folded.read(buffer, 0, buffer.length);
        }
        ended = true;
    }

    private long nextInt() throws IOException, InputException {
        long low = next() | next() << 8;
        long high = next() | next() << 8;
        return low | high << 16;
    }

    private void skip(int bytes) throws IOException, InputException {
        for (int i = 0; i < bytes; i++) {
            next();
        }
    }

    private void skipText() throws IOException, InputException {
        while (next() != 0) {
            // a name or comment is of no use here, and as long as its writer liked
        }
    }

    private int next() throws IOException, InputException {
        int value = nextOrEnd();
        if (value < 0) {
            throw truncated();
        }
        return value;
    }

    private int nextOrEnd() throws IOException, InputException {
        if (position == limit) {
            int got = folded.read(buffer, 0, buffer.length);
            if (got < 0) {
                return -1;
            }
            read += got;
            position = 0;
            limit = got;
        }
        return buffer[position++] & 0xff;
    }

    private void refill() throws IOException, InputException {
        int got = folded.read(buffer, 0, buffer.length);
        if (got < 0) {
            throw truncated();
        }
        read += got;
        position = 0;
        limit = got;
    }

    private InputException truncated() {
        return new InputException(
                InputException.Code.TRUNCATED,
                String.format(Locale.ROOT, "gzip ends after %,d bytes, in the middle of its data", read));
    }

    private static InputException malformed(String what) {
        return new InputException(InputException.Code.MALFORMED, "gzip is corrupt: " + what);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        folded.close();
    }
}
