package dev.holdfast.access;

import dev.holdfast.access.rbac.Cluster;
import dev.holdfast.access.rbac.ClusterReader;
import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.kustomize.Kustomizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads the objects of a cluster from where they were given: files, Kustomize overlays, which are rendered, folders with all {@code .yaml}, {@code .yml} and {@code .json} files in
 * them (links are not followed, hidden folders not entered), and standard input. A file that cannot be read is a gap, and costs no other its
 * answer.
 */
public final class GivenObjects {
    /** The largest dump of a cluster that is read; at some 500 bytes a rule that is a quarter of a million rules. */
    private static final long MOST_BYTES = 128L << 20;

    private static final int MOST_DEPTH = 32;

    private final ClusterReader reader;
    private final Limits limits;
    private final LiveObjects live;
    private long files;

    /**
     * Nothing is read yet.
     *
     * @param defaultNamespace where an object lies that does not say it
     * @param live how a running cluster is reached
     */
    public GivenObjects(String defaultNamespace, LiveObjects live, Limits limits) {
        this.live = live;
        this.limits = limits.withFileBytes(Math.min(limits.fileBytes(), MOST_BYTES));
        this.reader = new ClusterReader(defaultNamespace, this.limits);
    }

    /** Reads everything; {@code -} is the stream, {@code cluster:} and {@code cluster:CONTEXT} a running cluster. */
    public Cluster read(List<String> given, InputStream standardInput) throws InputException, IOException {
        for (String each : given) {
            if (each.equals("-")) {
                stream(standardInput);
                continue;
            }
            if (each.startsWith(LiveObjects.PREFIX)) {
                live.read(each, reader, limits);
                continue;
            }
            Path path = Path.of(each);
            if (!Files.exists(path)) {
                throw new InputException(InputException.Code.NOT_FOUND, each + ": no such file or folder");
            }
            if (Kustomizer.fileOf(path).isPresent()) {
                overlay(path);
            } else if (Files.isDirectory(path)) {
                folder(path, 0);
            } else {
                file(path);
            }
        }
        return reader.cluster();
    }

    /** A folder that is an overlay is taken as it would be applied, not file by file. */
    private void overlay(Path folder) throws IOException {
        try {
            for (Kustomizer.Rendered object :
                    new Kustomizer(limits).render(folder).objects()) {
                reader.read(object.file().toString(), object.root());
            }
        } catch (InputException refused) {
            reader.unread(folder.toString(), "the overlay does not render: " + refused.getMessage());
        }
    }

    private void stream(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes((int) limits.fileBytes() + 1);
        if (bytes.length > limits.fileBytes()) {
            reader.unread("-", "larger than " + limits.fileBytes() + " bytes");
        } else {
            reader.read("-", new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private void folder(Path folder, int depth) throws IOException {
        if (depth > MOST_DEPTH) {
            reader.add(
                    new Gap(Gap.Code.LIMIT, folder.toString(), "folders nest deeper than " + MOST_DEPTH + " levels"));
            return;
        }
        List<Path> entries = new ArrayList<>();
        try (Stream<Path> list = Files.list(folder)) {
            list.sorted().forEach(entries::add);
        } catch (java.nio.file.AccessDeniedException denied) {
            reader.add(new Gap(Gap.Code.NO_PERMISSION, folder.toString(), "no permission to look into this folder"));
        }
        for (Path entry : entries) {
            String name = String.valueOf(entry.getFileName());
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                if (!name.startsWith(".")) {
                    folder(entry, depth + 1);
                }
            } else if (isManifest(name) && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                file(entry);
            }
        }
    }

    private static boolean isManifest(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json");
    }

    private void file(Path file) {
        if (++files > limits.entries()) {
            reader.add(new Gap(Gap.Code.LIMIT, file.toString(), "more files than " + limits.entries()));
            return;
        }
        try {
            if (Files.size(file) > limits.fileBytes()) {
                reader.unread(file.toString(), "larger than " + limits.fileBytes() + " bytes");
                return;
            }
            reader.read(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            reader.unread(
                    file.toString(), "cannot be read (" + failed.getClass().getSimpleName() + ")");
        }
    }
}
