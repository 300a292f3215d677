package dev.holdfast.oci.store;

import dev.holdfast.archive.ByteSource;
import dev.holdfast.archive.Compression;
import dev.holdfast.archive.FileRange;
import dev.holdfast.archive.TarWalker;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.memory.FileIdentity;
import dev.holdfast.memory.Memory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Opens a file as an image archive. One that is compressed as a whole, or that cannot be read by position (a pipe), is first unfolded into
 * a temporary file without a name: its layers can then be read in parallel, and its {@code manifest.json}, which often comes last, before
 * them.
 */
public final class ArchiveFile {
    private static final int PIECE = 256 << 10;

    private static final int TYPE_MASK = 0170000;
    private static final int PIPE = 0010000;

    private ArchiveFile() {}

    public static ArchiveStore open(Path path, Limits limits, Memory memory) throws InputException, IOException {
        Optional<FileIdentity> origin = Files.isRegularFile(path) ? memory.identify(path) : Optional.empty();
        FileChannel file = FileChannel.open(path);
        try {
            if (!Files.isRegularFile(path)) {
                requirePipe(path);
                file = replace(file, spool(new PipeSource(file), limits));
            }
            Compression compression = Compression.of(head(file), Compression.MAGIC_BYTES);
            if (compression != Compression.NONE) {
                file = replace(file, unfold(file, compression, limits));
            }
            requireTar(file, compression);
        } catch (InputException | IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
        return ArchiveStore.of(file, origin.stream().toList(), limits);
    }

    private static FileChannel replace(FileChannel old, FileChannel next) throws IOException {
        old.close();
        return next;
    }

    private static void requirePipe(Path path) throws InputException, IOException {
        int type = (int) Files.getAttribute(path, "unix:mode") & TYPE_MASK;
        if (type != PIPE) {
            throw new InputException(InputException.Code.NOT_AN_IMAGE, "neither a file nor a folder nor a pipe");
        }
    }

    private static FileChannel unfold(FileChannel file, Compression compression, Limits limits)
            throws InputException, IOException {
        try {
            FileRange whole = new FileRange(file, 0, file.size());
            return spool(Compression.open(whole, limits).content(), limits);
        } catch (InputException wrong) {
            throw wrong.in("unfolding its " + compression.word() + " data");
        }
    }

    private static FileChannel spool(ByteSource source, Limits limits) throws InputException, IOException {
        FileChannel file = Spill.temporaryFile();
        try (source) {
            byte[] piece = new byte[PIECE];
            long position = 0;
            for (int got = 0; got >= 0; got = source.read(piece, 0, piece.length)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("reading was interrupted");
                }
                if (got > limits.totalBytes() - position) {
                    throw new InputException(
                            InputException.Code.LIMIT,
                            String.format(Locale.ROOT, "more than %,d bytes", limits.totalBytes()));
                }
                ByteBuffer rest = ByteBuffer.wrap(piece, 0, got);
                while (rest.hasRemaining()) {
                    position += file.write(rest, position);
                }
            }
            return file;
        } catch (InputException | IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    private static byte[] head(FileChannel file) throws IOException {
        byte[] head = new byte[Appearance.HEAD_BYTES];
        Ranges.read(file, 0, head, 0, head.length);
        return head;
    }

    private static void requireTar(FileChannel file, Compression compression) throws InputException, IOException {
        byte[] head = head(file);
        int length = (int) Math.min(file.size(), head.length);
        if (!TarWalker.looksLikeTar(head, length)) {
            String outer = compression == Compression.NONE ? "" : compression.word() + " data that holds ";
            throw new InputException(
                    InputException.Code.NOT_AN_IMAGE, "no image: it looks like " + outer + Appearance.of(head, length));
        }
    }

    /** A file that only gives its bytes in order. */
    private record PipeSource(FileChannel pipe) implements ByteSource {
        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return pipe.read(ByteBuffer.wrap(into, offset, length));
        }

        /** Does nothing: who opened the channel closes it. */
        @Override
        public void close() {}
    }
}
