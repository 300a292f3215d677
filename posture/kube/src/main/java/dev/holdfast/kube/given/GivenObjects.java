package dev.holdfast.kube.given;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.kubernetes.ListItems;
import dev.holdfast.manifest.kustomize.Kustomizer;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
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

    private final ObjectSink sink;
    private final Limits limits;
    private final LiveObjects live;
    private long files;

    /**
     * Nothing is read yet.
     *
     * @param live how a running cluster is reached
     */
    public GivenObjects(ObjectSink sink, LiveObjects live, Limits limits) {
        this.sink = sink;
        this.live = live;
        this.limits = limits.withFileBytes(Math.min(limits.fileBytes(), MOST_BYTES));
    }

    /** Reads everything; {@code -} is the stream, {@code cluster:} and {@code cluster:CONTEXT} a running cluster. */
    public void read(List<String> given, InputStream standardInput) throws InputException, IOException {
        for (String each : given) {
            if (each.equals("-")) {
                stream(standardInput);
                continue;
            }
            if (each.startsWith(LiveObjects.PREFIX)) {
                live.read(each, sink, limits);
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
    }

    /** A folder that is an overlay is taken as it would be applied, not file by file. */
    private void overlay(Path folder) throws IOException {
        try {
            Kustomizer.Rendering rendering = new Kustomizer(limits).render(folder);
            for (Kustomizer.Rendered object : rendering.objects()) {
                ListItems.each(object.root(), each -> sink.read(object.file().toString(), each));
            }
            rendering.gaps().forEach(sink::add);
        } catch (InputException refused) {
            sink.unread(folder.toString(), "the overlay does not render: " + refused.getMessage());
        }
    }

    /** Reads one file's text. */
    public static void text(String file, String text, ObjectSink sink, Limits limits) {
        for (Document document : new YamlReader(Schema.KUBERNETES, limits).read(text)) {
            switch (document) {
                case Document.Read read -> ListItems.each(read.root(), object -> sink.read(file, object));
                case Document.Broken broken -> sink.unread(file + ":" + broken.line(), broken.problem());
            }
        }
    }

    private void stream(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes((int) limits.fileBytes() + 1);
        if (bytes.length > limits.fileBytes()) {
            sink.unread("-", "larger than " + limits.fileBytes() + " bytes");
        } else {
            text("-", new String(bytes, StandardCharsets.UTF_8), sink, limits);
        }
    }

    private void folder(Path folder, int depth) throws IOException {
        if (depth > MOST_DEPTH) {
            sink.add(new Gap(Gap.Code.LIMIT, folder.toString(), "folders nest deeper than " + MOST_DEPTH + " levels"));
            return;
        }
        List<Path> entries = new ArrayList<>();
        try (Stream<Path> list = Files.list(folder)) {
            list.sorted().forEach(entries::add);
        } catch (java.nio.file.AccessDeniedException denied) {
            sink.add(new Gap(Gap.Code.NO_PERMISSION, folder.toString(), "no permission to look into this folder"));
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
            sink.add(new Gap(Gap.Code.LIMIT, file.toString(), "more files than " + limits.entries()));
            return;
        }
        try {
            if (Files.size(file) > limits.fileBytes()) {
                sink.unread(file.toString(), "larger than " + limits.fileBytes() + " bytes");
                return;
            }
            text(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8), sink, limits);
        } catch (IOException failed) {
            sink.unread(file.toString(), "cannot be read (" + failed.getClass().getSimpleName() + ")");
        }
    }
}
