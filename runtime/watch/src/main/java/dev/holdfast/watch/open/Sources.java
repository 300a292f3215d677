package dev.holdfast.watch.open;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.watch.audit.AuditReader;
import dev.holdfast.watch.record.RecordingReader;
import dev.holdfast.watch.scap.CaptureReplay;
import dev.holdfast.watch.source.EventSource;
import dev.holdfast.watch.source.FollowedFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Opens what holds events. Which kind it is, is seen in its first bytes, behind gzip where it is compressed: our own recording, a capture in
 * the format of {@code .scap}, or audit events as JSON.
 */
public final class Sources {
    private static final int LOOK = 1 << 10;

    private final Limits limits;
    private final boolean withEntries;

    /**
     * Opens sources.
     *
     * @param withEntries whether captures give the events of entering a call too, where they have them
     */
    public Sources(Limits limits, boolean withEntries) {
        this.limits = limits;
        this.withEntries = withEntries;
    }

    /** A file, or a folder whose files are read one after the other in the order of their names. */
    public EventSource open(Path path) throws InputException, IOException {
        if (!Files.isDirectory(path)) {
            return open(path.toString(), Files.newInputStream(path));
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> listed = Files.list(path)) {
            listed.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
        if (files.isEmpty()) {
            throw new InputException(InputException.Code.NOT_FOUND, path + ": the folder holds no files");
        }
        return new FolderSource(files, this);
    }

    /** A stream, which the source closes. */
    public EventSource open(String name, InputStream stream) throws InputException, IOException {
        BufferedInputStream bytes = new BufferedInputStream(stream, 1 << 16);
        byte[] begin = look(bytes);
        boolean isCompressed = begin.length > 2 && begin[0] == 0x1f && (begin[1] & 0xff) == 0x8b;
        byte[] unpacked = isCompressed ? unpacked(name, begin) : begin;
        if (CaptureReplay.isCapture(unpacked)) {
            return CaptureReplay.open(name, bytes, limits, withEntries);
        }
        if (RecordingReader.isRecording(begin)) {
            return RecordingReader.open(name, bytes, limits);
        }
        if (!isJson(unpacked)) {
            bytes.close();
            throw new InputException(
                    InputException.Code.UNSUPPORTED,
                    name
                            + ": neither a recording of Holdfast, nor a .scap capture, nor Kubernetes audit events as JSON");
        }
        return new AuditReader(name, isCompressed ? new GZIPInputStream(bytes, 1 << 16) : bytes, limits);
    }

    /** A file of audit events that is read on as it grows. */
    public EventSource follow(Path file) throws IOException {
        FollowedFile followed = new FollowedFile(file);
        return new FollowedAudit(AuditReader.ofLines(file.toString(), followed, limits), followed);
    }

    private static byte[] look(BufferedInputStream bytes) throws IOException {
        bytes.mark(LOOK);
        byte[] begin = bytes.readNBytes(LOOK);
        bytes.reset();
        return begin;
    }

    /** The first unpacked bytes; a stream that is broken before is told as that. */
    private static byte[] unpacked(String name, byte[] begin) throws InputException, IOException {
        try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(begin))) {
            byte[] first = new byte[16];
            int count = Math.max(0, gzip.read(first));
            return java.util.Arrays.copyOf(first, count);
        } catch (EOFException | ZipException broken) {
            throw new InputException(
                    InputException.Code.TRUNCATED,
                    name + ": the gzip stream is cut off or damaged at its beginning",
                    broken);
        }
    }

    /** Whether the first byte that is no blank may begin a JSON document; a byte order mark may stand before. */
    private static boolean isJson(byte[] begin) {
        for (byte b : begin) {
            switch (b) {
                case ' ', '\t', '\r', '\n', (byte) 0xef, (byte) 0xbb, (byte) 0xbf -> {}
                case '{', '[', '"' -> {
                    return true;
                }
                default -> {
                    return false;
                }
            }
        }
        // Nothing but blanks: the reader says that it is empty.
        return true;
    }
}
