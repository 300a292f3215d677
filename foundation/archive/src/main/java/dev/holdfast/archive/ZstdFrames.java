package dev.holdfast.archive;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.Locale;

/**
 * Follows the frames of a zstd stream (RFC 8878) on its way to the decompressor, and takes out the skippable ones, which the decompressor
 * does not know: zstd:chunked and eStargz keep their tables there.
 *
 * <pre>
 * stream  = frame { frame }
 * frame   = 28 b5 2f fd DESCRIPTOR(1) [window(1)] [dictionary(0,1,2,4)] [content size(0,1,2,4,8)] block { block } [checksum(4)]
 *         | 5x 2a 4d 18 SIZE(4) bytes
 * block   = header(3): bit 0 last, bits 1-2 type, bits 3-23 size; then size bytes, or one for type 1
 * </pre>
 *
 * Knowing where frames end, it tells a stream that is cut off from one that is wrong, and refuses a dictionary, and a window that the
 * decompressor does not take, before they get there.
 */
final class ZstdFrames implements ByteSource {
    /** What the decompressor takes at most: 8 MiB, the window of {@code zstd -19} and of every builder's default. */
    private static final long MOST_WINDOW = 8L << 20;

    private static final int MAGIC = 0xfd2fb528;
    private static final int SKIPPABLE_MAGIC = 0x184d2a50;
    private static final int MOST_HEADER = 14;

    private enum Next {
        FRAME,
        BLOCK,
        CHECKSUM
    }

    private final ByteSource folded;
    /** Bytes of headers that were read to be understood, and are to be handed on. */
    private final byte[] head = new byte[4 + MOST_HEADER];

    private int headLength;
    private int headGiven;
    /** How many bytes of a block are to be handed on as they come. */
    private long passing;

    private Next next = Next.FRAME;
    private boolean hasChecksum;
    private boolean isFirst = true;
    private long read;

    ZstdFrames(ByteSource folded) {
        this.folded = folded;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException, InputException {
        if (length == 0) {
            return 0;
        }
        while (headGiven == headLength && passing == 0) {
            headLength = 0;
            headGiven = 0;
            switch (next) {
                case FRAME -> {
                    if (!openFrame()) {
                        return -1;
                    }
                }
                case BLOCK -> openBlock();
                case CHECKSUM -> {
                    take(4);
                    next = Next.FRAME;
                }
            }
        }
        if (headGiven < headLength) {
            int got = Math.min(length, headLength - headGiven);
            System.arraycopy(head, headGiven, into, offset, got);
            headGiven += got;
            return got;
        }
        int got = folded.read(into, offset, (int) Math.min(length, passing));
        if (got < 0) {
            throw truncated();
        }
        read += got;
        passing -= got;
        return got;
    }

    /** Whether there is another frame to hand on; skippable ones are passed over. */
    private boolean openFrame() throws IOException, InputException {
        while (true) {
            int got = folded.readFully(head, 0, 4);
            if (got == 0 && !isFirst) {
                return false;
            }
            read += got;
            isFirst = false;
            int magic = got < 4 ? 0 : (int) little(0, 4);
            if (magic == MAGIC) {
                headLength = 4;
                openHeader();
                return true;
            }
            if ((magic & 0xfffffff0) != SKIPPABLE_MAGIC) {
                throw new InputException(
                        InputException.Code.MALFORMED,
                        String.format(Locale.ROOT, "zstd is corrupt: no frame begins at byte %,d", read - got));
            }
            take(4);
            skip(little(0, 4));
            headLength = 0;
        }
    }

    private void skip(long bytes) throws IOException, InputException {
        byte[] piece = new byte[(int) Math.min(bytes, 64 << 10)];
        for (long rest = bytes; rest > 0; ) {
            int got = folded.read(piece, 0, (int) Math.min(rest, piece.length));
            if (got < 0) {
                throw truncated();
            }
            read += got;
            rest -= got;
        }
    }

    private void openHeader() throws IOException, InputException {
        take(1);
        int descriptor = head[4] & 0xff;
        boolean isSingle = (descriptor & 0x20) != 0;
        hasChecksum = (descriptor & 4) != 0;
        if (!isSingle) {
            take(1);
            long base = 1L << 10 + (head[5] >> 3 & 31);
            checkWindow(base + base / 8 * (head[5] & 7));
        }
        int dictionaryBytes = (descriptor & 3) == 3 ? 4 : descriptor & 3;
        int dictionaryAt = headLength;
        take(dictionaryBytes);
        if (little(dictionaryAt, dictionaryBytes) != 0) {
            throw new InputException(
                    InputException.Code.UNSUPPORTED,
                    "zstd that was made with a dictionary cannot be unfolded without it");
        }
        int sizeFlag = descriptor >> 6;
        int sizeBytes = sizeFlag > 0 ? 1 << sizeFlag : isSingle ? 1 : 0;
        int sizeAt = headLength;
        take(sizeBytes);
        if (isSingle) {
            checkWindow(little(sizeAt, sizeBytes));
        }
        next = Next.BLOCK;
    }

    private static void checkWindow(long size) throws InputException {
        if (size < 0 || size > MOST_WINDOW) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "zstd that needs a window of more than 8 MiB is not read; compress it with level 19 or lower");
        }
    }

    private void openBlock() throws IOException, InputException {
        take(3);
        int header = (int) little(0, 3);
        passing = (header >> 1 & 3) == 1 ? 1 : header >> 3;
        if ((header & 1) != 0) {
            next = hasChecksum ? Next.CHECKSUM : Next.FRAME;
        }
    }

    private void take(int bytes) throws IOException, InputException {
        int got = folded.readFully(head, headLength, bytes);
        read += got;
        if (got < bytes) {
            throw truncated();
        }
        headLength += bytes;
    }

    private long little(int at, int bytes) {
        long value = 0;
        for (int i = at + bytes - 1; i >= at; i--) {
            value = value << 8 | head[i] & 0xff;
        }
        return value;
    }

    private InputException truncated() {
        return new InputException(
                InputException.Code.TRUNCATED,
                String.format(Locale.ROOT, "zstd ends after %,d bytes, in the middle of its data", read));
    }

    @Override
    public void close() throws IOException {
        folded.close();
    }
}
