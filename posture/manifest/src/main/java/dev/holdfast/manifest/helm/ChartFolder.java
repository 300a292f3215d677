package dev.holdfast.manifest.helm;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the files of a chart that is a folder. A link is followed only to a place inside of the chart. */
final class ChartFolder {
    /** The largest file of a chart that Helm itself takes. */
    static final int MOST_FILE_BYTES = 5 << 20;

    /** All files of a chart together, as Helm bounds them. */
    static final long MOST_BYTES = 100L << 20;

    private static final int MOST_FILES = 20_000;
    private static final int DEEPEST = 32;

    private final Path root;
    private final List<Gap> gaps;
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private IgnoreRules rules = new IgnoreRules("");
    private long bytes;
    private int entries;

    private ChartFolder(Path root, List<Gap> gaps) {
        this.root = root;
        this.gaps = gaps;
    }

    static SortedMap<String, byte[]> read(Path folder, List<Gap> gaps) throws InputException, IOException {
        ChartFolder reading = new ChartFolder(folder.toRealPath(), gaps);
        Path ignored = reading.root.resolve(".helmignore");
        if (Files.isRegularFile(ignored, LinkOption.NOFOLLOW_LINKS)) {
            reading.rules = new IgnoreRules(new String(bytes(ignored), StandardCharsets.UTF_8));
        }
        reading.walk(reading.root, "", 0);
        return reading.files;
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_FILE_BYTES + 1);
        }
    }

    private void walk(Path folder, String prefix, int depth) throws InputException, IOException {
        if (depth > DEEPEST) {
            throw new InputException(InputException.Code.LIMIT, prefix + ": folders nest deeper than " + DEEPEST);
        }
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        }
        children.sort(null);
        for (Path child : children) {
            if (++entries > MOST_FILES) {
                throw new InputException(InputException.Code.LIMIT, "more than " + MOST_FILES + " files in the chart");
            }
            entry(child, prefix + child.getFileName(), depth);
        }
    }

    private void entry(Path child, String path, int depth) throws InputException, IOException {
        Path real = child;
        if (Files.isSymbolicLink(child)) {
            if (!Files.exists(child) || !child.toRealPath().startsWith(root)) {
                gaps.add(new Gap(
                        Gap.Code.UNSUPPORTED, path, "a link that leads out of the chart, which is not followed"));
                return;
            }
            real = child.toRealPath();
        }
        boolean isFolder = Files.isDirectory(real);
        if (rules.ignores(path, isFolder) && !path.equals("Chart.yaml")) {
            return;
        }
        if (isFolder) {
            walk(real, path + "/", depth + 1);
        } else if (Files.isRegularFile(real)) {
            add(path, bytes(real));
        }
    }

    private void add(String path, byte[] content) throws InputException {
        bytes += content.length;
        if (content.length > MOST_FILE_BYTES && !path.endsWith(".tgz") || bytes > MOST_BYTES) {
            throw new InputException(InputException.Code.LIMIT, path + ": the chart is larger than Helm takes");
        }
        files.put(path, content);
    }
}
