package dev.holdfast.manifest.helm;

import dev.holdfast.archive.ByteSource;
import dev.holdfast.archive.Compression;
import dev.holdfast.archive.TarEntry;
import dev.holdfast.archive.TarSink;
import dev.holdfast.archive.TarWalker;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.RelativePaths;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the files of a packed chart: a tar archive in gzip, with one folder that holds everything. Links and devices are passed over, as Helm
 * does; a path that leads out of the folder is refused.
 */
final class ChartArchive implements TarSink {
    private static final int MOST_FILES = 20_000;
    private static final int BLOCK = 16_384;

    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private String path = "";
    private long bytes;

    private ChartArchive() {}

    static SortedMap<String, byte[]> read(byte[] packed, Limits limits) throws InputException, IOException {
        ChartArchive reading = new ChartArchive();
        Limits bounds = limits.withEntries(MOST_FILES).withTotalBytes(ChartFolder.MOST_BYTES);
        TarWalker tar = new TarWalker(reading, bounds);
        try (ByteSource unfolded = Compression.open(new Bytes(packed), bounds).content()) {
            byte[] block = new byte[BLOCK];
            long unpacked = 0;
            for (int got = unfolded.read(block, 0, BLOCK); got >= 0; got = unfolded.read(block, 0, BLOCK)) {
                unpacked += got;
                if (unpacked > ChartFolder.MOST_BYTES) {
                    throw tooLarge();
                }
                tar.accept(block, 0, got);
            }
        }
        tar.finish();
        return reading.files;
    }

    private static InputException tooLarge() {
        return new InputException(InputException.Code.LIMIT, "the packed chart unfolds to more than Helm takes");
    }

    @Override
    public boolean entry(TarEntry entry) throws InputException {
        if (entry.type() != TarEntry.Type.FILE) {
            return false;
        }
        String name = new String(entry.name(), 0, entry.nameLength(), StandardCharsets.UTF_8).replace('\\', '/');
        Optional<String> normal = RelativePaths.join("", name);
        if (normal.isEmpty() || name.contains("../")) {
            throw new InputException(
                    InputException.Code.MALFORMED, "the packed chart holds a path that leads out of it: " + name);
        }
        if (entry.size() > ChartFolder.MOST_FILE_BYTES) {
            throw tooLarge();
        }
        int slash = normal.get().indexOf('/');
        path = slash < 0 ? "" : normal.get().substring(slash + 1);
        content.reset();
        if (!path.isEmpty() && entry.size() == 0) {
            files.put(path, new byte[0]);
        }
        return !path.isEmpty() && entry.size() > 0;
    }

    @Override
    public void content(byte[] piece, int offset, int length) throws InputException {
        bytes += length;
        if (bytes > ChartFolder.MOST_BYTES) {
            throw tooLarge();
        }
        content.write(piece, offset, length);
    }

    @Override
    public void contentEnd() {
        files.put(path, content.toByteArray());
    }

    /** Bytes that were read already. */
    private static final class Bytes implements ByteSource {
        private final ByteArrayInputStream in;

        Bytes(byte[] packed) {
            this.in = new ByteArrayInputStream(packed);
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return in.read(into, offset, length);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
