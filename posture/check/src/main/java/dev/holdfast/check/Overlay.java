package dev.holdfast.check;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.SourceFile;
import dev.holdfast.manifest.kustomize.Kustomizer;
import dev.holdfast.manifest.kustomize.Kustomizer.Rendered;
import dev.holdfast.manifest.kustomize.Kustomizer.Rendering;
import dev.holdfast.manifest.tree.Document;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that is a Kustomize overlay: its objects are judged as they would be applied, each under the file that it is written in, and what
 * they were made from is not judged again.
 *
 * @param files the rendered objects, by the file that they come from
 * @param sources the files that it was made from, as the folder names them
 */
record Overlay(List<ManifestFile> files, Set<String> sources) {

    /** The overlay that a target is; one that cannot be rendered is a gap, and its files are looked at one by one. */
    static Optional<Overlay> of(CheckRequest.Input input, Limits limits, Gaps gaps) throws IOException {
        if (!(input instanceof CheckRequest.Input.Place(Path folder))) {
            return Optional.empty();
        }
        Optional<Path> file = Kustomizer.fileOf(folder);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            Rendering rendering = new Kustomizer(limits).render(folder);
            rendering.gaps().forEach(gap -> gaps.add(gap.code(), gap.subject(), gap.detail()));
            return Optional.of(of(folder.toRealPath(), rendering));
        } catch (InputException refused) {
            gaps.add(
                    Gap.Code.UNSUPPORTED,
                    String.valueOf(file.get().getFileName()),
                    "the overlay is not rendered: " + refused.getMessage());
            return Optional.empty();
        }
    }

    private static Overlay of(Path folder, Rendering rendering) {
        Map<String, List<Document>> documents = new LinkedHashMap<>();
        for (Rendered object : rendering.objects()) {
            documents
                    .computeIfAbsent(name(folder, object.file()), _ -> new ArrayList<>())
                    .add(new Document.Read(object.root(), object.root().place().line()));
        }
        List<ManifestFile> files = new ArrayList<>();
        documents.forEach((name, roots) ->
                files.add(new ManifestFile(new SourceFile(name, "", true), InputKind.KUBERNETES, roots)));
        Set<String> sources = new HashSet<>();
        rendering.files().forEach(file -> sources.add(name(folder, file)));
        return new Overlay(files, sources);
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(folder.resolve(file).normalize()).toString();
    }

    /** The files beside it, which are judged by themselves. */
    List<SourceFile> without(List<SourceFile> all) {
        return all.stream().filter(source -> !sources.contains(source.path())).toList();
    }
}
