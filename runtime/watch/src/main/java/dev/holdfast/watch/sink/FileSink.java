package dev.holdfast.watch.sink;

import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.AlertFormat;
import dev.holdfast.watch.alert.AlertSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends alerts to a file. When the file would grow over its size, it becomes {@code FILE.1}, what was that {@code FILE.2}, and so on; the
 * oldest beyond the number that is kept is deleted. A file that somebody else has moved away or exchanged is made anew.
 *
 * <p>What cannot be written, because the disk is full or the folder is gone, is counted as lost and said once, and so is that it can be
 * written again; half a line is never left behind.
 */
public final class FileSink implements AlertSink {
    private final Path file;
    private final AlertFormat format;
    private final Rotation rotation;
    private final Consumer<String> problems;
    private Optional<FileChannel> out = Optional.empty();
    private @Nullable Object identity;
    private long size;
    /** The size at which the file is exchanged next; it grows on for a while where that has failed. */
    private long rotateAt;

    private long lost;
    private boolean isFailing;

    /**
     * When a file is exchanged.
     *
     * @param bytes how large it may grow; 0 for never
     * @param kept how many old ones are kept
     */
    public record Rotation(long bytes, int kept) {
        /** A file that grows. */
        public static final Rotation NEVER = new Rotation(0, 0);

        public Rotation {
            if (bytes < 0 || kept < 0) {
                throw new IllegalArgumentException("sizes and counts are not negative");
            }
        }
    }

    /**
     * A sink for a file, which is made where there is none.
     *
     * @param problems is told once, as a line, that alerts cannot be written, and that they are again
     */
    public FileSink(Path file, AlertFormat format, Rotation rotation, Consumer<String> problems) throws IOException {
        this.file = file.toAbsolutePath();
        this.format = format;
        this.rotation = rotation;
        this.problems = problems;
        this.rotateAt = rotation.bytes;
        open();
    }

    private FileChannel open() throws IOException {
        close();
        FileChannel opened =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        out = Optional.of(opened);
        size = opened.size();
        identity = identity();
        return opened;
    }

    private @Nullable Object identity() throws IOException {
        return Files.exists(file)
                ? Files.readAttributes(file, BasicFileAttributes.class).fileKey()
                : null;
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public void accept(Alert alert) {
        byte[] line = (format.print(alert) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            write(opened(line.length), line);
            if (isFailing) {
                isFailing = false;
                problems.accept(name() + ": alerts are written again; " + lost + " in all could not be");
            }
        } catch (IOException failed) {
            lost++;
            if (!isFailing) {
                isFailing = true;
                problems.accept(name() + ": alerts cannot be written and are lost there: " + failed.getMessage());
            }
        }
    }

    /** The file, ready for so many bytes. */
    private FileChannel opened(int more) throws IOException {
        if (out.isEmpty() || !Objects.equals(identity(), identity) || !Files.exists(file)) {
            return open();
        }
        if (rotation.bytes > 0 && size > 0 && size + more > rotateAt) {
            return rotated();
        }
        return out.get();
    }

    /** Writes the line whole, or nothing of it. */
    private void write(FileChannel to, byte[] line) throws IOException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
            size += line.length;
        } catch (IOException failed) {
            try {
                to.truncate(size);
            } catch (IOException again) {
                failed.addSuppressed(again);
            }
            throw failed;
        }
    }

    private FileChannel rotated() throws IOException {
        close();
        rotateAt = rotation.bytes;
        try {
            Files.deleteIfExists(old(rotation.kept));
            for (int i = rotation.kept - 1; i >= 0; i--) {
                if (Files.exists(old(i))) {
                    Files.move(old(i), old(i + 1), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException failed) {
            problems.accept(name() + ": cannot be exchanged for a new file and grows on: " + failed.getMessage());
            FileChannel same = open();
            rotateAt = size + rotation.bytes;
            return same;
        }
        return open();
    }

    /** An older file; 0 is the newest, which has no number. */
    private Path old(int number) {
        return number == 0 ? file : file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public long lost() {
        return lost;
    }

    @Override
    public void close() throws IOException {
        Optional<FileChannel> open = out;
        out = Optional.empty();
        if (open.isPresent()) {
            open.get().close();
        }
    }
}
