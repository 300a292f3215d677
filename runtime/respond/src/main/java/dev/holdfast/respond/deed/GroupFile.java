package dev.holdfast.respond.deed;

import dev.holdfast.respond.group.Members;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The files by which control groups are read and told what to do: short texts, each written by one call. */
final class GroupFile {
    private static final long LOOK_AGAIN = Duration.ofMillis(2).toNanos();

    private GroupFile() {}

    static String read(Path file) throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (IOException failed) {
            throw Members.endedOr(failed, file);
        }
    }

    /** Writes without making the file: in a folder that is no control group there is none. */
    static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException failed) {
            throw Members.endedOr(failed, file);
        }
    }

    /** The number behind a word of {@code cgroup.events}; empty text when it is not there. */
    static String event(Path group, String word) throws IOException {
        for (String line : read(group.resolve("cgroup.events")).lines().toList()) {
            if (line.startsWith(word + " ")) {
                return line.substring(word.length() + 1).strip();
            }
        }
        return "";
    }

    /** Something that the kernel does in its own time. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    /** Waits until it holds; false when it does not in time. */
    static boolean waitFor(Duration patience, Condition condition) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN);
        }
        return true;
    }
}
