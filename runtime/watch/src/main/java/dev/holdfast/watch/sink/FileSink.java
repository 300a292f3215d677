package dev.holdfast.watch.sink;

import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.AlertFormat;
import dev.holdfast.watch.alert.AlertSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Appends alerts to a file. When the file would grow over its size, it becomes {@code FILE.1}, what was that {@code FILE.2}, and so on; the
 * oldest beyond the number that is kept is deleted. A file that somebody else has moved away is made anew.
 */
public final class FileSink implements AlertSink {
    private final Path file;
    private final AlertFormat format;
    private final Rotation rotation;
    private OutputStream out;
    private long size;

    /**
     * When a file is exchanged.
     *
     * @param bytes how large it may grow; 0 for never
     * @param kept how many old ones are kept
     */
    public record Rotation(long bytes, int kept) {
        public Rotation {
            if (bytes < 0 || kept < 0) {
                throw new IllegalArgumentException("sizes and counts are not negative");
            }
        }
    }

    public FileSink(Path file, AlertFormat format, Rotation rotation) throws IOException {
        this.file = file.toAbsolutePath();
        this.format = format;
        this.rotation = rotation;
        this.out = open();
    }

    private OutputStream open() throws IOException {
        OutputStream opened = Files.newOutputStream(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        size = Files.size(file);
        return opened;
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public void accept(Alert alert) throws IOException {
        byte[] line = (format.print(alert) + "\n").getBytes(StandardCharsets.UTF_8);
        if (!Files.exists(file)) {
            out.close();
            out = open();
        } else if (rotation.bytes > 0 && size > 0 && size + line.length > rotation.bytes) {
            rotate();
        }
        out.write(line);
        size += line.length;
    }

    private void rotate() throws IOException {
        out.close();
        Files.deleteIfExists(old(rotation.kept));
        for (int i = rotation.kept - 1; i >= 0; i--) {
            if (Files.exists(old(i))) {
                Files.move(old(i), old(i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        out = open();
    }

    /** An older file; 0 is the newest, which has no number. */
    private Path old(int number) {
        return number == 0 ? file : file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
