package dev.holdfast.manifest.kustomize;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.helm.ChartRenderer;
import dev.holdfast.manifest.helm.GivenValues;
import dev.holdfast.manifest.helm.RenderedFile;
import dev.holdfast.manifest.helm.Rendering;
import dev.holdfast.manifest.tree.Document;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The charts that an overlay names under {@code helmCharts}, as far as they lie beside it (in {@code charts/}, or where {@code chartHome}
 * says); nothing is fetched.
 */
final class ChartSource {
    private static final String HOOK = "helm.sh/hook";

    private final Reading reading;
    private final Limits limits;
    private final Path folder;

    ChartSource(Reading reading, Limits limits, Path folder) {
        this.reading = reading;
        this.limits = limits;
        this.folder = folder;
    }

    /** The objects of all charts of an overlay. */
    List<Resource> resources(Draft.Fields kustomization) throws InputException, IOException {
        List<Resource> resources = new ArrayList<>();
        for (Draft.Fields entry : Build.items(kustomization, "helmCharts")) {
            String home = kustomization.text("helmGlobals", "chartHome");
            chart(entry, home.isEmpty() ? "charts" : home, resources);
        }
        return resources;
    }

    private void chart(Draft.Fields entry, String home, List<Resource> resources) throws InputException, IOException {
        Path chart = place(entry, home);
        reading.addChart(chart);
        boolean isWithoutHooks = entry.text("skipHooks").equals("true");
        boolean isWithoutTests = entry.text("skipTests").equals("true");
        if (entry.text("includeCRDs").equals("true")) {
            definitions(chart, resources);
        }
        Rendering rendering = new ChartRenderer(limits).render(chart, values(entry, chart));
        rendering.gaps().forEach(gap -> reading.add(new Gap(gap.code(), chart + "/" + gap.subject(), gap.detail())));
        for (RenderedFile file : rendering.files()) {
            for (Document document : file.documents()) {
                if (document instanceof Document.Read read && Draft.of(read.root()) instanceof Draft.Fields object) {
                    String hook = object.text("metadata", "annotations", HOOK);
                    boolean isLeftOut = isWithoutHooks && !hook.isEmpty() || isWithoutTests && hook.contains("test");
                    if (!isLeftOut && !object.text("kind").isEmpty()) {
                        resources.add(
                                new Resource(object, chart.resolve(file.path()).toString()));
                    }
                }
            }
        }
    }

    private Path place(Draft.Fields entry, String home) throws InputException, IOException {
        String name = entry.text("name");
        String versioned = home + "/" + name + "-" + entry.text("version") + "/" + name;
        for (String path : List.of(home + "/" + name, versioned)) {
            if (!name.isEmpty() && Files.isDirectory(folder.resolve(path))) {
                Path chart = reading.inside(folder, path);
                if (ChartRenderer.isChart(chart)) {
                    return chart;
                }
            }
        }
        throw new InputException(
                InputException.Code.UNSUPPORTED,
                "helmCharts: the chart " + name + " is not in " + home + "/" + name + ", and nothing is fetched");
    }

    private GivenValues values(Draft.Fields entry, Path chart) throws InputException, IOException {
        String release = entry.text("releaseName");
        String namespace = entry.text("namespace");
        GivenValues values = GivenValues.NONE.released(
                release.isEmpty() ? GivenValues.NONE.release() : release,
                namespace.isEmpty() ? GivenValues.NONE.namespace() : namespace);
        String file = entry.text("valuesFile");
        Optional<GivenValues.Tree> written = file.isEmpty() ? Optional.empty() : tree(file);
        Optional<GivenValues.Tree> inline =
                entry.get("valuesInline").filter(Draft.Fields.class::isInstance).map(this::inline);
        List<Optional<GivenValues.Tree>> order = new ArrayList<>(
                switch (entry.text("valuesMerge")) {
                    case "replace" -> List.of(inline);
                    case "merge" -> List.of(inline, written.or(() -> own(chart)));
                    default -> List.of(written, inline);
                });
        for (String more : Build.texts(entry, "additionalValuesFiles")) {
            order.add(tree(more));
        }
        for (Optional<GivenValues.Tree> each : order) {
            values = each.isPresent() ? values.and(each.get()) : values;
        }
        return values;
    }

    private GivenValues.Tree inline(Draft values) {
        return new GivenValues.Tree(values.node(), "kustomization.yaml");
    }

    private Optional<GivenValues.Tree> tree(String file) throws InputException, IOException {
        Path path = reading.inside(folder, file);
        reading.bytes(path); // counted, and named among what was read
        return GivenValues.tree(path, limits);
    }

    /** The chart's own values; where they cannot be read, the renderer says so. */
    private Optional<GivenValues.Tree> own(Path chart) {
        try {
            Path file = chart.resolve("values.yaml");
            return Files.isRegularFile(file) ? GivenValues.tree(file, limits) : Optional.empty();
        } catch (InputException | IOException _) {
            return Optional.empty();
        }
    }

    private void definitions(Path chart, List<Resource> resources) throws InputException, IOException {
        Path crds = chart.resolve("crds");
        if (!Files.isDirectory(crds)) {
            return;
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(crds, "*.{yaml,yml}")) {
            stream.forEach(files::add);
        }
        files.sort(null);
        for (Path file : files) {
            for (Draft.Fields object : reading.objects(file)) {
                resources.add(new Resource(object, file.toString()));
            }
        }
    }
}
