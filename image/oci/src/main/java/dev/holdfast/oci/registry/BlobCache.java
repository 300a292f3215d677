package dev.holdfast.oci.registry;

import dev.holdfast.core.ByteSize;
import dev.holdfast.core.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Blobs by digest: {@code FOLDER/ALGORITHM/HEX}, and {@code HEX.part} while one comes. Several programs may share a folder: only one of
 * them continues a part, the others load into a file of their own, and a finished blob appears whole. Readable by its owner only, as
 * images may be private.
 */
public final class BlobCache {
    private final Path folder;
    private final InstantSource clock;

    public BlobCache(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** A finished blob; it counts as used now. */
    Optional<Path> find(Digest digest) throws IOException {
        Path file = file(digest);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return Optional.of(file);
        } catch (NoSuchFileException prunedMeanwhile) {
            return Optional.empty();
        }
    }

    private Path file(Digest digest) {
        return folder.resolve(digest.algorithm()).resolve(digest.hex());
    }

    /** A place to load a blob into. */
    Part part(Digest digest) throws IOException {
        Path file = file(digest);
        Path parent = folder.resolve(digest.algorithm());
        createPrivate(parent);
        Path shared = parent.resolve(digest.hex() + ".part");
        FileChannel channel = open(shared);
        FileLock lock = lock(channel);
        if (lock != null && lock.isValid() && Files.isRegularFile(shared)) {
            return new Part(shared, file, channel);
        }
        channel.close();
        Path own = Files.createTempFile(parent, digest.hex() + ".", ".part");
        return new Part(own, file, open(own));
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static @org.jspecify.annotations.Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null; // another thread of this program
        }
    }

    private static void createPrivate(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /**
     * A blob while it comes.
     *
     * @param file where its bytes are
     * @param whole where it goes when it is whole
     * @param channel open at the file, and locked where it may be continued later
     */
    record Part(Path file, Path whole, FileChannel channel) implements AutoCloseable {
        /** It is whole and verified. */
        void accept() throws IOException {
            channel.force(true);
            Files.move(file, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        /** Starts over. */
        void clear() throws IOException {
            channel.truncate(0);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Removes what was used longest ago until the rest is within the limit; says how much went. */
    public ByteSize prune(ByteSize limit) throws IOException {
        List<Kept> all = new ArrayList<>();
        long bytes = list(all);
        long removed = 0;
        all.sort(Comparator.comparing(Kept::used));
        for (Kept oldest : all) {
            if (bytes <= limit.bytes()) {
                break;
            }
            removed += Files.deleteIfExists(oldest.file()) ? oldest.bytes() : 0;
            bytes -= oldest.bytes();
        }
        return new ByteSize(removed);
    }

    /** How much is here. */
    public ByteSize size() throws IOException {
        return new ByteSize(list(new ArrayList<>()));
    }

    private long list(List<Kept> into) throws IOException {
        long bytes = 0;
        for (String algorithm : List.of("sha256", "sha512")) {
            Path parent = folder.resolve(algorithm);
            if (Files.isDirectory(parent)) {
                bytes += list(parent, into);
            }
        }
        return bytes;
    }

    private record Kept(Path file, FileTime used, long bytes) {}

    private static long list(Path parent, List<Kept> into) throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(parent)) {
            for (Path file : files) {
                try {
                    Kept kept = new Kept(file, Files.getLastModifiedTime(file), Files.size(file));
                    bytes += kept.bytes();
                    into.add(kept);
                } catch (NoSuchFileException removedMeanwhile) {
                    // by another program
                }
            }
        }
        return bytes;
    }
}
