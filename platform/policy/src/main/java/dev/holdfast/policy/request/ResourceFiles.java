package dev.holdfast.policy.request;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.Recognition;
import dev.holdfast.manifest.Recognizer;
import dev.holdfast.manifest.SourceFile;
import dev.holdfast.manifest.kubernetes.ListItems;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the Kubernetes objects of files and folders. What looks like one and cannot be read, or must be rendered first, is a gap. */
public final class ResourceFiles {
    private final Limits limits;
    private final Gaps gaps;
    private final List<Resource> resources = new ArrayList<>();

    public ResourceFiles(Limits limits, Gaps gaps) {
        this.limits = limits;
        this.gaps = gaps;
    }

    /** All that was read so far, in the order of the paths. */
    public List<Resource> resources() {
        return List.copyOf(resources);
    }

    /** Reads a file, or all of a folder that have the name of a manifest. Links are not followed. */
    public ResourceFiles read(Path path) throws InputException, IOException {
        if (!Files.isDirectory(path)) {
            return read(new SourceFile(path.toString(), TextFile.read(path), true));
        }
        try (Stream<Path> files = Files.walk(path, limits.depth())) {
            List<Path> named = files.filter(file -> Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)
                            && Recognizer.mayBeOurs(String.valueOf(file.getFileName())))
                    .limit(limits.entries())
                    .sorted()
                    .toList();
            for (Path file : named) {
                String name = path.relativize(file).toString().replace('\\', '/');
                try {
                    add(new SourceFile(name, TextFile.read(file), false));
                } catch (InputException tooLarge) {
                    gaps.add(Gap.Code.LIMIT, name, tooLarge.getMessage());
                }
            }
        } catch (java.io.UncheckedIOException failed) {
            throw new IOException(path + ": " + failed.getMessage(), failed);
        }
        return this;
    }

    /** Takes objects that were read already. */
    public ResourceFiles read(ManifestFile file) {
        for (Document document : file.documents()) {
            switch (document) {
                case Document.Read read -> ListItems.each(read.root(), object -> add(object, file.path()));
                case Document.Broken broken -> broken(broken, file.path());
            }
        }
        return this;
    }

    /** Takes a text that was read already. */
    public ResourceFiles read(SourceFile source) {
        add(source);
        return this;
    }

    private void add(SourceFile source) {
        switch (new Recognizer(limits).recognize(source)) {
            case Recognition.Ours(ManifestFile file) when file.kind() == InputKind.KUBERNETES -> read(file);
            case Recognition.Unfinished(InputKind kind, String reason) ->
                gaps.add(Gap.Code.UNSUPPORTED, source.path(), kind.word() + ", not judged: " + reason);
            case Recognition.Unreadable(InputKind _, Document.Broken problem) -> broken(problem, source.path());
            case Recognition.Ours _, Recognition.Foreign _ -> {
                if (source.isNamed()) {
                    gaps.add(Gap.Code.UNSUPPORTED, source.path(), "it holds no Kubernetes objects");
                }
            }
        }
    }

    private void broken(Document.Broken broken, String path) {
        gaps.add(Gap.Code.UNREADABLE, path + ":" + broken.line() + ":" + broken.column(), broken.problem());
    }

    private void add(Node.Mapping root, String path) {
        if (root.textAt("kind").isPresent()) {
            ObjectValues.object(root)
                    .ifPresent(object -> resources.add(
                            new Resource(object, path, root.place().line())));
        }
    }
}
