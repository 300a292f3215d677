package dev.holdfast.check;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.SourceFile;
import dev.holdfast.manifest.helm.ChartRenderer;
import dev.holdfast.manifest.helm.GivenValues;
import dev.holdfast.manifest.helm.RenderedFile;
import dev.holdfast.manifest.helm.Rendering;
import dev.holdfast.manifest.helm.Trail;
import dev.holdfast.manifest.helm.Trails;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The charts of a target, rendered: their objects are judged under the templates that write them, and the templates themselves are not. What
 * is found there is mended in the values, so a finding names their key, and no program writes into the template.
 */
final class Charts {
    private static final String METADATA = "Chart.yaml";

    private final List<ManifestFile> files = new ArrayList<>();
    private final List<String> roots = new ArrayList<>();
    private final Map<String, List<Trails>> trails = new HashMap<>();

    private Charts() {}

    /** Renders the charts among the files of a target; one that cannot be is a gap. */
    static Charts of(CheckRequest.Input input, GivenValues values, List<SourceFile> sources, Limits limits, Gaps gaps)
            throws IOException {
        Charts charts = new Charts();
        if (!(input instanceof CheckRequest.Input.Place(Path path))) {
            return charts;
        }
        ChartRenderer renderer = new ChartRenderer(limits);
        if (sources.isEmpty() && ChartRenderer.isPacked(path)) {
            charts.add(path + "/", path, renderer, values, gaps);
            return charts;
        }
        Path folder = Files.isDirectory(path) ? path : Path.of("");
        for (SourceFile source : sources) {
            String root = source.path()
                    .substring(0, source.path().length() - source.name().length());
            if (source.name().equals(METADATA) && !charts.holds(source.path())) {
                charts.add(root, folder.resolve(root), renderer, values, gaps);
            }
        }
        return charts;
    }

    private void add(String root, Path chart, ChartRenderer renderer, GivenValues values, Gaps gaps)
            throws IOException {
        roots.add(root);
        try {
            Rendering rendering = renderer.render(chart, values);
            rendering.gaps().forEach(gap -> gaps.add(gap.code(), root + gap.subject(), gap.detail()));
            for (RenderedFile file : rendering.files()) {
                String path = root + file.path();
                files.add(new ManifestFile(new SourceFile(path, "", true), InputKind.KUBERNETES, file.documents()));
                trails.computeIfAbsent(path, _ -> new ArrayList<>()).add(file.trails());
            }
        } catch (InputException refused) {
            gaps.add(Gap.Code.UNREADABLE, root + METADATA, "helm, not assessed: " + refused.getMessage());
        }
    }

    List<ManifestFile> files() {
        return files;
    }

    /** Whether a file is part of a chart, and so judged with it. Custom resources and whatever else lies there are judged by themselves. */
    private boolean holds(String path) {
        for (String root : roots) {
            String rest = path.startsWith(root) ? path.substring(root.length()) : "";
            boolean isValues = rest.indexOf('/') < 0 && rest.startsWith("values") || rest.startsWith("ci/");
            boolean isInner = rest.startsWith("charts/") && !rest.contains("/crds/");
            if (isValues
                    || isInner
                    || rest.startsWith("templates/")
                    || rest.equals(METADATA)
                    || rest.equals("requirements.yaml")) {
                return true;
            }
        }
        return false;
    }

    /** The files that are judged by themselves. */
    List<SourceFile> without(List<SourceFile> all) {
        return roots.isEmpty()
                ? all
                : all.stream().filter(source -> !holds(source.path())).toList();
    }

    /** A result with the key of the value that it is mended by, and without a repair of the template. */
    Result traced(Result result) {
        List<Trails> known = trails.get(result.path());
        if (known == null) {
            return result;
        }
        String trail = result.repair()
                .flatMap(repair -> mended(repair, known))
                .or(() -> of(result.place(), known))
                .map(Trail::text)
                .orElse("");
        String fix = trail.isEmpty() || !result.isFailure()
                ? result.fix()
                : result.fix() + (result.fix().isEmpty() ? "" : "; ") + trail;
        return result.withoutRepair().withFix(fix);
    }

    private static Optional<Trail> of(Place place, List<Trails> known) {
        return known.stream().flatMap(each -> each.of(place).stream()).findFirst();
    }

    /** The value that a repair changes: what it sets may stand below one that the chart takes whole. */
    private static Optional<Trail> mended(Repair repair, List<Trails> known) {
        return switch (repair) {
            case Repair.SetValue set -> below(set.parent(), set.keys(), known);
            case Repair.RemoveKey removal -> below(removal.parent(), List.of(removal.key()), known);
            case Repair.Replace replacement -> of(replacement.place(), known);
            case Repair.InsertLines _ -> Optional.empty();
            case Repair.All all ->
                all.parts().stream()
                        .flatMap(part -> mended(part, known).stream())
                        .findFirst();
        };
    }

    private static Optional<Trail> below(Node parent, List<String> keys, List<Trails> known) {
        Node at = parent;
        int steps = 0;
        while (steps < keys.size() && at.get(keys.get(steps)).isPresent()) {
            at = at.get(keys.get(steps)).orElse(at);
            steps++;
        }
        List<String> left = keys.subList(steps, keys.size());
        Optional<Trail> trail = of(at.place(), known);
        if (left.isEmpty() || trail.isEmpty()) {
            return trail;
        }
        boolean isWhole = trail.get().key().isPresent() && !trail.get().isCondition();
        return isWhole ? trail.map(each -> each.below(String.join(".", left))) : Optional.empty();
    }
}
