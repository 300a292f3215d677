package dev.holdfast.check;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.RelativePaths;
import dev.holdfast.manifest.SourceFile;
import dev.holdfast.manifest.kustomize.Kustomizer;
import dev.holdfast.manifest.kustomize.Kustomizer.Rendered;
import dev.holdfast.manifest.kustomize.Kustomizer.Rendering;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that is a Kustomize overlay: its objects are judged as they would be applied, each under the file that it is written in, and what
 * they were made from is not judged again.
 *
 * @param files the rendered objects, by the file that they come from
 * @param sources the files that it was made from, as the folder names them
 * @param charts the folders of charts that it was made from, each with a slash at its end
 */
record Overlay(List<ManifestFile> files, Set<String> sources, Set<String> charts) {

    /**
     * The overlays of a folder, each once: those that no other one is made from. One that cannot be rendered is a gap, and its files are
     * looked at one by one.
     */
    static List<Overlay> of(CheckRequest.Input input, List<SourceFile> all, Limits limits, Gaps gaps)
            throws IOException {
        List<Overlay> overlays = new ArrayList<>();
        if (input instanceof CheckRequest.Input.Place(Path root) && Files.isDirectory(root)) {
            for (String folder : leaves(all, limits)) {
                rendered(root, folder, limits, gaps).ifPresent(overlays::add);
            }
        }
        return overlays;
    }

    private static Optional<Overlay> rendered(Path root, String folder, Limits limits, Gaps gaps) throws IOException {
        Path place = root.resolve(folder);
        try {
            Rendering rendering = new Kustomizer(limits).render(place);
            String above = root.toRealPath() + "/";
            rendering.gaps().forEach(gap -> gaps.add(gap.code(), gap.subject().replace(above, ""), gap.detail()));
            return Optional.of(of(root.toRealPath(), rendering));
        } catch (InputException refused) {
            String file = Kustomizer.fileOf(place)
                    .map(found -> String.valueOf(found.getFileName()))
                    .orElse("");
            gaps.add(
                    Gap.Code.UNSUPPORTED,
                    folder.isEmpty() ? file : folder + "/" + file,
                    "the overlay is not rendered: " + refused.getMessage());
            return Optional.empty();
        }
    }

    /** The folders of overlays that no other overlay uses; a component is only ever used. */
    private static List<String> leaves(List<SourceFile> all, Limits limits) {
        Set<String> used = new HashSet<>();
        Set<String> folders = new LinkedHashSet<>();
        for (SourceFile source : all) {
            String name = source.name().toLowerCase(Locale.ROOT);
            if (!name.equals("kustomization.yaml")
                    && !name.equals("kustomization.yml")
                    && !name.equals("kustomization")) {
                continue;
            }
            boolean isComponent = false;
            for (Document document : new YamlReader(Schema.KUBERNETES, limits).read(source.text())) {
                if (document instanceof Document.Read read) {
                    isComponent |= read.root()
                            .textAt("kind")
                            .filter("Component"::equals)
                            .isPresent();
                    use(source.folder(), read.root(), used);
                }
            }
            if (!isComponent) {
                folders.add(source.folder());
            }
        }
        folders.removeAll(used);
        return new ArrayList<>(folders);
    }

    private static void use(String folder, Node kustomization, Set<String> used) {
        for (String list : List.of("resources", "bases", "components")) {
            for (Node each : kustomization.get(list).map(Node::elements).orElse(List.of())) {
                each.textAt().flatMap(path -> RelativePaths.join(folder, path)).ifPresent(used::add);
            }
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
        sources.addAll(documents.keySet());
        Set<String> charts = new HashSet<>();
        rendering.charts().forEach(chart -> charts.add(name(folder, chart) + "/"));
        return new Overlay(files, sources, charts);
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(folder.resolve(file).normalize()).toString();
    }

    /** The files beside all of them, which are judged by themselves. */
    static List<SourceFile> without(List<Overlay> overlays, List<SourceFile> all) {
        return all.stream()
                .filter(source -> overlays.stream().noneMatch(overlay -> overlay.sources.contains(source.path())))
                .toList();
    }
}
