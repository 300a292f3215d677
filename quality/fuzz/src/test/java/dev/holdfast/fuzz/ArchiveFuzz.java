package dev.holdfast.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.archive.ByteSource;
import dev.holdfast.archive.Compression;
import dev.holdfast.archive.TarEntry;
import dev.holdfast.archive.TarSink;
import dev.holdfast.archive.TarWalker;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Compressed streams and tar archives. */
class ArchiveFuzz {
    @MethodSource("streams")
    @FuzzTest
    void unfolding(byte[] bytes) {
        Hostile.feedTo(() -> {
            try (ByteSource content =
                    Compression.open(new Memory(bytes), Hostile.LIMITS).content()) {
                byte[] buffer = new byte[8192];
                while (content.read(buffer, 0, buffer.length) >= 0) {
                    // The content is nobody's business; that it ends is.
                }
            }
        });
    }

    /** The whole at once and in pieces of seven bytes must tell the same entries. */
    @MethodSource("tars")
    @FuzzTest
    void tar(byte[] bytes) {
        String whole = walk(bytes, Math.max(1, bytes.length));
        String pieces = walk(bytes, 7);
        if (!whole.equals(pieces)) {
            throw new AssertionError("whole: " + whole + "\npieces: " + pieces);
        }
    }

    private static String walk(byte[] bytes, int piece) {
        StringBuilder told = new StringBuilder();
        Hostile.feedTo(() -> {
            try {
                TarWalker walker = new TarWalker(new Teller(told), Hostile.LIMITS);
                for (int at = 0; at < bytes.length; at += piece) {
                    walker.accept(bytes, at, Math.min(piece, bytes.length - at));
                }
                walker.finish();
            } catch (InputException refused) {
                told.append(refused.code());
                throw refused;
            }
        });
        return told.toString();
    }

    private record Teller(StringBuilder told) implements TarSink {
        @Override
        public boolean entry(TarEntry entry) {
            told.append(entry.type())
                    .append(entry.size())
                    .append(new String(entry.name(), 0, entry.nameLength(), UTF_8))
                    .append(';');
            return true;
        }

        @Override
        public void content(byte[] bytes, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                told.append((char) bytes[i]);
            }
        }

        @Override
        public void contentEnd() {
            told.append('.');
        }
    }

    private static final class Memory implements ByteSource {
        private final byte[] bytes;
        private int at;

        Memory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (at == bytes.length && length > 0) {
                return -1;
            }
            int count = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, into, offset, count);
            at += count;
            return count;
        }

        @Override
        public void close() {}
    }

    static Stream<byte[]> streams() {
        byte[] gzip = Seeds.gzip("hello hello hello".getBytes(UTF_8));
        byte[] zstd = {
            0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x04, 0x00, 0x09, 0x00, 0x00, 'h', (byte) 0xd8, 0x28, 0x3b, 0x2a
        };
        byte[] xz = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0, 4, (byte) 0xe6, (byte) 0xd6, (byte) 0xb4, 0x46};
        byte[] bzip2 = {'B', 'Z', 'h', '9', 0x17, 0x72, 0x45, 0x38, 0x50, (byte) 0x90, 0, 0, 0, 0};
        return Stream.of(gzip, zstd, xz, bzip2, new byte[] {0});
    }

    static Stream<byte[]> tars() {
        byte[] content = "content".getBytes(UTF_8);
        return Stream.of(
                Seeds.tar("a/b", '0', "", content),
                Seeds.tar("link", '2', "../target", new byte[0]),
                Seeds.tar("hard", '1', "a/b", new byte[0]),
                Seeds.tar("x", 'x', "", "19 path=long/name\n22 GNU.sparse.major=1\n".getBytes(UTF_8)),
                Seeds.tar("././@LongLink", 'L', "", "a/long/name\0".getBytes(UTF_8)),
                Seeds.tar("sparse", 'S', "", content));
    }
}
