package dev.holdfast.check;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.SourceFile;
import dev.holdfast.manifest.helm.ChartRenderer;
import dev.holdfast.manifest.helm.GivenValues;
import dev.holdfast.manifest.helm.RenderedFile;
import dev.holdfast.manifest.helm.Rendering;
import dev.holdfast.manifest.helm.Trail;
import dev.holdfast.manifest.helm.Trails;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The charts of a target, rendered: their objects are judged under the templates that write them, and the templates themselves are not. What
 * is found there is mended in the values, so a finding names their key, and no program writes into the template.
 */
final class Charts {
    private static final String METADATA = "Chart.yaml";

    private static final String HOOK = "helm.sh/hook";

    private static final Rule PLACEHOLDERS = Rule.of(
            "chart-placeholders",
            Severity.LOW,
            "values of a chart that are random on each installation",
            "fixed texts stand for them here, so nothing is said of the passwords and keys themselves",
            InputKind.KUBERNETES);

    private final List<ManifestFile> files = new ArrayList<>();
    private final Map<String, Path> found = new LinkedHashMap<>();
    private final Map<String, List<Trails>> trails = new HashMap<>();
    private final Map<String, Map<String, String>> hooks = new HashMap<>();
    private final List<Result> notes = new ArrayList<>();

    private Charts() {}

    /** Every rule that may be told. */
    static List<Rule> rules() {
        return List.of(PLACEHOLDERS);
    }

    /**
     * The charts among the files of a target.
     *
     * @param packed the files of a folder that are packed charts
     */
    static Charts among(CheckRequest.Input input, List<SourceFile> sources, List<String> packed) {
        Charts charts = new Charts();
        if (!(input instanceof CheckRequest.Input.Place(Path path))) {
            return charts;
        }
        if (sources.isEmpty() && ChartRenderer.isPacked(path)) {
            charts.found.put(path + "/", path);
            return charts;
        }
        Path folder = Files.isDirectory(path) ? path : Path.of("");
        for (SourceFile source : sources) {
            String root = source.path()
                    .substring(0, source.path().length() - source.name().length());
            if (source.name().equals(METADATA) && !charts.holds(source.path())) {
                charts.found.put(root, folder.resolve(root));
            }
        }
        for (String each : packed) {
            if (!charts.holds(each)) {
                charts.found.put(each + "/", folder.resolve(each));
            }
        }
        return charts;
    }

    /** Renders all but those that were rendered with overlays; one that cannot be is a gap. */
    void render(GivenValues values, List<Overlay> overlays, Limits limits, Gaps gaps) throws IOException {
        ChartRenderer renderer = new ChartRenderer(limits);
        for (Map.Entry<String, Path> chart : found.entrySet()) {
            if (overlays.stream().noneMatch(overlay -> overlay.charts().contains(chart.getKey()))) {
                render(chart.getKey(), chart.getValue(), renderer, values, gaps);
            }
        }
    }

    private void render(String root, Path chart, ChartRenderer renderer, GivenValues values, Gaps gaps)
            throws IOException {
        try {
            Rendering rendering = renderer.render(chart, values);
            rendering.gaps().forEach(gap -> gaps.add(gap.code(), root + gap.subject(), gap.detail()));
            for (RenderedFile file : rendering.files()) {
                String path = root + file.path();
                ManifestFile manifest =
                        new ManifestFile(new SourceFile(path, "", true), InputKind.KUBERNETES, file.documents());
                files.add(manifest);
                trails.computeIfAbsent(path, _ -> new ArrayList<>()).add(file.trails());
                noteHooks(manifest);
            }
            if (!rendering.placeholders().isEmpty()) {
                notes.add(note(root, rendering));
            }
        } catch (InputException refused) {
            gaps.add(Gap.Code.UNREADABLE, root + METADATA, "helm, not assessed: " + refused.getMessage());
        }
    }

    private void noteHooks(ManifestFile file) {
        for (KubernetesObject object : KubernetesObject.of(file)) {
            object.root()
                    .textAt("metadata", "annotations", HOOK)
                    .ifPresent(hook -> hooks.computeIfAbsent(file.path(), _ -> new HashMap<>())
                            .put(object.title(), hook));
        }
    }

    private static Result note(String root, Rendering rendering) {
        return new Result(
                PLACEHOLDERS.id(),
                Status.NOT_ASSESSED,
                PLACEHOLDERS.severity(),
                PLACEHOLDERS.why(),
                "chart " + rendering.name(),
                root + METADATA,
                Place.START,
                "what " + String.join(", ", rendering.placeholders()) + " would make is random on each installation; "
                        + PLACEHOLDERS.why(),
                "",
                Optional.empty());
    }

    /** What is to be said of the charts as a whole. */
    List<Result> notes() {
        return notes;
    }

    /** How many the target holds. */
    int size() {
        return found.size();
    }

    List<ManifestFile> files() {
        return files;
    }

    /** Whether a file is part of a chart, and so judged with it. Custom resources and whatever else lies there are judged by themselves. */
    private boolean holds(String path) {
        for (String root : found.keySet()) {
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
        return found.isEmpty()
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
        return marked(result.withoutRepair().withFix(fix));
    }

    /** A hook runs only when the chart is installed, upgraded or tested, and the reader should know. */
    private Result marked(Result result) {
        for (Map.Entry<String, String> hook :
                hooks.getOrDefault(result.path(), Map.of()).entrySet()) {
            boolean isAbout =
                    result.subject().equals(hook.getKey()) || result.subject().startsWith(hook.getKey() + ",");
            if (isAbout && result.isFailure()) {
                return result.withMessage(result.message() + " (a hook of the chart: " + hook.getValue() + ")");
            }
        }
        return result;
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
