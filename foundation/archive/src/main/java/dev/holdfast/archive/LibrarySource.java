package dev.holdfast.archive;

import dev.holdfast.core.InputException;
import dev.holdfast.core.SafeText;
import io.airlift.compress.v3.bzip2.BZip2HadoopStreams;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/**
 * Decompressors of others behind {@link ByteSource}. Whatever they throw about the bytes becomes an {@link InputException}; a failure of
 * the source below passes through them unharmed.
 */
final class LibrarySource implements ByteSource {
    /** 256 MiB in KiB, what {@code xz -9} of a 64-bit machine needs three times over. */
    private static final int XZ_MEMORY_KIB = 256 << 10;

    private final Compression kind;
    private final Inner inner;
    private final InputStream library;

    private LibrarySource(Compression kind, Inner inner, InputStream library) {
        this.kind = kind;
        this.inner = inner;
        this.library = library;
    }

    static LibrarySource open(Compression kind, ByteSource folded) throws IOException, InputException {
        Inner inner = new Inner(kind == Compression.ZSTD ? new ZstdFrames(folded) : folded);
        try {
            InputStream library = switch (kind) {
                case XZ -> new XZInputStream(inner, XZ_MEMORY_KIB);
                case BZIP2 -> new BZip2HadoopStreams().createInputStream(inner);
                case ZSTD -> new ZstdInputStream(inner);
                case NONE, GZIP -> throw new IllegalArgumentException("read without a library: " + kind);
            };
            return new LibrarySource(kind, inner, library);
        } catch (IOException failed) {
            throw inner.translate(kind, failed);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException, InputException {
        if (length == 0) {
            return 0;
        }
        try {
            int got = library.read(into, offset, length);
            return got > 0 ? got : -1;
        } catch (IOException failed) {
            throw inner.translate(kind, failed);
        } catch (RuntimeException wrong) {
            // Libraries tell damage by any of them; our own part below throws none.
            throw Inner.malformed(kind, wrong);
        }
    }

    @Override
    public void close() throws IOException {
        library.close();
        inner.close();
    }

    /** The source below as the stream that libraries want; it keeps what it threw, so that this can be told from what they throw. */
    private static final class Inner extends InputStream {
        private final ByteSource folded;
        private @org.jspecify.annotations.Nullable Exception failure;

        Inner(ByteSource folded) {
            this.folded = folded;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return folded.read(into, offset, length);
            } catch (InputException wrong) {
                failure = wrong;
                throw new IOException(wrong);
            } catch (IOException failed) {
                failure = failed;
                throw failed;
            }
        }

        @Override
        public void close() throws IOException {
            folded.close();
        }

        /** Throws the failure of the source if there was one; otherwise gives what the library's own failure means. */
        InputException translate(Compression kind, IOException thrown) throws IOException, InputException {
            switch (failure) {
                case null -> {
                    // the library itself found fault with the bytes
                }
                case InputException wrong -> throw wrong;
                case IOException failed -> throw failed;
                default -> throw new IllegalStateException(failure);
            }
            if (thrown instanceof MemoryLimitException) {
                return new InputException(
                        InputException.Code.LIMIT,
                        kind.word() + " asks for more memory than 256 MiB to unfold",
                        thrown);
            }
            if (thrown instanceof EOFException || saysTruncated(thrown)) {
                return new InputException(
                        InputException.Code.TRUNCATED, kind.word() + " ends in the middle of its data", thrown);
            }
            return malformed(kind, thrown);
        }

        static InputException malformed(Compression kind, Exception thrown) {
            String message = thrown.getMessage();
            String why = message == null ? "" : ": " + SafeText.of(message);
            return new InputException(InputException.Code.MALFORMED, kind.word() + " is corrupt" + why, thrown);
        }

        private static boolean saysTruncated(IOException thrown) {
            String message = thrown.getMessage();
            return message != null
                    && (message.contains("Not enough input") || message.contains("unexpected end of stream"));
        }
    }
}
