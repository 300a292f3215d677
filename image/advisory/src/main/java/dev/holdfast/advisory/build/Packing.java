package dev.holdfast.advisory.build;

import dev.holdfast.advisory.base.BaseVerifier;
import dev.holdfast.archive.Compression;
import dev.holdfast.archive.FileRange;
import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Packs a base into one zstd frame for the way, and unpacks and verifies it at the other end. The same base packs to the same bytes. */
public final class Packing {
    private static final String PLAIN_SUFFIX = ".hfdb";

    private Packing() {}

    /** What writes a base and tells its digest. */
    @FunctionalInterface
    public interface BaseContent {
        Digest writeTo(WritableByteChannel out) throws IOException;
    }

    /** Copies a base to where it goes, packed unless the name says otherwise. */
    public static Digest copy(Path base, Digest digest, Path output) throws IOException {
        return write(output, out -> {
            try (FileChannel from = FileChannel.open(base, StandardOpenOption.READ)) {
                long size = from.size();
                for (long done = 0; done < size; ) {
                    done += from.transferTo(done, size - done, out);
                }
            }
            return digest;
        });
    }

    /** Writes a base, packed unless the name says otherwise. */
    public static Digest write(Path output, BaseContent content) throws IOException {
        Digest[] digest = new Digest[1];
        AtomicFile.<RuntimeException>write(output, out -> {
            if (output.toString().endsWith(PLAIN_SUFFIX)) {
                digest[0] = content.writeTo(out);
                return;
            }
            ByteArrayOutputStream plain = new ByteArrayOutputStream(1 << 24);
            digest[0] = content.writeTo(Channels.newChannel(plain));
            ByteBuffer packed = ByteBuffer.wrap(compress(plain.toByteArray()));
            while (packed.hasRemaining()) {
                out.write(packed);
            }
        });
        return digest[0];
    }

    private static byte[] compress(byte[] plain) {
        // The Java implementation on every platform: a native one may give other bytes.
        ZstdJavaCompressor compressor = new ZstdJavaCompressor();
        byte[] packed = new byte[compressor.maxCompressedLength(plain.length)];
        int length = compressor.compress(plain, 0, plain.length, packed, 0, packed.length);
        return java.util.Arrays.copyOf(packed, length);
    }

    /** Unpacks, verifies, and only then puts the base in its place. */
    public static Digest unpack(Path file, Path base, Limits limits) throws InputException, IOException {
        Path folder = base.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(base + " is not a file's name");
        }
        Files.createDirectories(folder);
        Path unpacked = Files.createTempFile(folder, "." + base.getFileName() + ".", ".unpacked");
        try {
            unfold(file, unpacked, limits);
            Digest digest = verify(file, unpacked);
            AtomicFile.<IOException>write(base, out -> copy(unpacked, out));
            return digest;
        } finally {
            Files.deleteIfExists(unpacked);
        }
    }

    private static void unfold(Path file, Path unpacked, Limits limits) throws InputException, IOException {
        try (FileChannel packed = FileChannel.open(file, StandardOpenOption.READ);
                OutputStream out = Files.newOutputStream(unpacked, StandardOpenOption.WRITE)) {
            var content = Compression.open(new FileRange(packed, 0, packed.size()), limits)
                    .content();
            byte[] block = new byte[1 << 16];
            int got;
            while ((got = content.read(block, 0, block.length)) > 0) {
                out.write(block, 0, got);
            }
        } catch (InputException wrong) {
            throw wrong.in(file.toString());
        }
    }

    /** Verifies the unpacked file and tells of faults by the name the user gave. */
    private static Digest verify(Path file, Path unpacked) throws InputException, IOException {
        try {
            return BaseVerifier.verify(unpacked);
        } catch (InputException wrong) {
            throw new InputException(
                    wrong.code(), wrong.getMessage().replace(unpacked.toString(), file.toString()), wrong);
        }
    }

    private static void copy(Path from, FileChannel out) throws IOException {
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ)) {
            long size = in.size();
            for (long done = 0; done < size; ) {
                done += in.transferTo(done, size - done, out);
            }
        }
    }
}
