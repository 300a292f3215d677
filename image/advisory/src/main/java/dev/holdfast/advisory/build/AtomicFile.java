package dev.holdfast.advisory.build;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file whole or not at all: under a temporary name in the same folder, synced, then renamed over what was there. A failure, an
 * exception or Ctrl-C leaves the old file as it was and nothing beside it.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** What to write. */
    @FunctionalInterface
    public interface Content<X extends Exception> {
        void writeTo(FileChannel out) throws IOException, X;
    }

    /** Writes the file; the folder must exist. A device or a pipe is never replaced by a file. */
    public static <X extends Exception> void write(Path target, Content<X> content) throws IOException, X {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(target + " is not a file's name");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new IOException(target + ": is no file, and is not replaced by one");
        }
        Path temporary = Files.createTempFile(folder, "." + target.getFileName() + ".", ".partial");
        Thread onExit = new Thread(() -> remove(temporary), "remove " + temporary.getFileName());
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                content.writeTo(out);
                out.force(true);
            }
            rename(temporary, target);
            sync(folder);
        } finally {
            remove(temporary);
            forget(onExit);
        }
    }

    private static void rename(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException unsupported) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Makes the renaming last. Not every system lets a folder be opened for that; the file itself is synced anyway. */
    private static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            // nothing more can be done
        }
    }

    private static void remove(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException left) {
            // it has a temporary name; nobody takes it for the file
        }
    }

    private static void forget(Thread onExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException exiting) {
            // the hook is running
        }
    }
}
