package dev.holdfast.manifest.helm;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.helm.functions.TreeValues;
import dev.holdfast.manifest.template.Values;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a chart, folder or archive, with its sub-charts: {@code Chart.yaml} (before it {@code requirements.yaml}), {@code values.yaml},
 * {@code values.schema.json}, {@code templates/}, {@code charts/}; every other file is one that templates may ask for.
 */
final class ChartReader {
    /** Sub-charts of sub-charts. */
    private static final int DEEPEST = 10;

    private static final int MOST_CHARTS = 500;

    private final Limits limits;
    private final YamlReader yaml;
    private final List<Gap> gaps;
    private int charts;

    ChartReader(Limits limits, List<Gap> gaps) {
        this.limits = limits;
        this.gaps = gaps;
        this.yaml = new YamlReader(Schema.KUBERNETES, limits);
    }

    Chart read(Path path) throws InputException, IOException {
        if (Files.isDirectory(path)) {
            return chart(ChartFolder.read(path, gaps), "", 0);
        }
        byte[] packed;
        try (InputStream in = Files.newInputStream(path)) {
            packed = in.readNBytes((int) ChartFolder.MOST_BYTES);
        }
        return chart(ChartArchive.read(packed, limits), "", 0);
    }

    private Chart chart(SortedMap<String, byte[]> files, String folder, int depth) throws InputException, IOException {
        if (depth > DEEPEST || ++charts > MOST_CHARTS) {
            throw new InputException(InputException.Code.LIMIT, folder + ": more sub-charts than anybody has");
        }
        Node metadata = tree(files, "Chart.yaml", folder)
                .orElseThrow(
                        () -> new InputException(InputException.Code.NOT_FOUND, folder + "Chart.yaml file is missing"));
        String name = metadata.textAt("name")
                .orElseThrow(() -> new InputException(
                        InputException.Code.MALFORMED, folder + "Chart.yaml: chart.metadata.name is required"));
        Chart chart = new Chart(name, folder, metadata);
        requirements(chart, files);
        values(chart, files);
        chart.schema =
                files.containsKey("values.schema.json") ? tree(files, "values.schema.json", folder) : Optional.empty();
        SortedMap<String, SortedMap<String, byte[]>> inner = new TreeMap<>();
        files.forEach((path, content) -> place(chart, path, content, inner));
        subCharts(chart, inner, depth);
        return chart;
    }

    private static void place(
            Chart chart, String path, byte[] content, SortedMap<String, SortedMap<String, byte[]>> inner) {
        if (path.startsWith("charts/")) {
            String rest = path.substring("charts/".length());
            int slash = rest.indexOf('/');
            String name = slash < 0 ? rest : rest.substring(0, slash);
            boolean isOurs = !name.startsWith("_") && !name.startsWith(".") && !rest.endsWith(".prov");
            boolean isPacked = slash < 0 && name.endsWith(".tgz");
            if (isOurs && (isPacked || slash > 0)) {
                inner.computeIfAbsent(name, _ -> new TreeMap<>())
                        .put(slash < 0 ? "" : rest.substring(slash + 1), content);
            }
        } else if (path.startsWith("templates/")) {
            chart.templates.put(path, text(content));
        } else {
            switch (path) {
                case "Chart.yaml",
                        "Chart.lock",
                        "values.yaml",
                        "values.schema.json",
                        "requirements.yaml",
                        "requirements.lock" -> {}
                default -> chart.files.put(path, content);
            }
        }
    }

    private void subCharts(Chart chart, SortedMap<String, SortedMap<String, byte[]>> inner, int depth)
            throws InputException, IOException {
        for (Map.Entry<String, SortedMap<String, byte[]>> each : inner.entrySet()) {
            String folder = chart.folder + "charts/" + each.getKey();
            byte[] packed = each.getValue().get("");
            try {
                SortedMap<String, byte[]> files = packed == null ? each.getValue() : ChartArchive.read(packed, limits);
                chart.add(chart(files, folder + "/", depth + 1));
            } catch (InputException wrong) {
                if (wrong.code() == InputException.Code.LIMIT) {
                    throw wrong;
                }
                gaps.add(new Gap(Gap.Code.UNREADABLE, folder, "helm, not assessed: " + wrong.getMessage()));
            }
        }
    }

    static String text(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private Optional<Node> tree(Map<String, byte[]> files, String name, String folder) throws InputException {
        byte[] content = files.get(name);
        return content == null ? Optional.empty() : tree(text(content), folder + name);
    }

    /** The first document of a file. */
    Optional<Node> tree(String text, String name) throws InputException {
        List<Document> documents = yaml.read(text);
        if (documents.isEmpty()) {
            return Optional.empty();
        }
        return switch (documents.getFirst()) {
            case Document.Read read -> Optional.of(read.root());
            case Document.Broken broken ->
                throw new InputException(
                        InputException.Code.MALFORMED,
                        name + ":" + broken.line() + ":" + broken.column() + ": " + broken.problem());
        };
    }

    private void values(Chart chart, Map<String, byte[]> files) throws InputException {
        Optional<Node> tree = tree(files, "values.yaml", chart.folder);
        if (tree.isPresent()) {
            chart.values = table(tree.get(), chart.folder + "values.yaml");
            chart.valueTrees.add(tree.get());
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> table(Node tree, String name) throws InputException {
        Object value = TreeValues.of(tree);
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        if (value == null) {
            return Values.map();
        }
        throw new InputException(InputException.Code.MALFORMED, name + ": it is not one map");
    }

    private void requirements(Chart chart, Map<String, byte[]> files) throws InputException {
        List<Node> listed =
                chart.metadata.get("dependencies").map(Node::elements).orElse(List.of());
        if (listed.isEmpty()) {
            listed = tree(files, "requirements.yaml", chart.folder)
                    .flatMap(root -> root.get("dependencies"))
                    .map(Node::elements)
                    .orElse(List.of());
        }
        for (Node each : listed) {
            List<String> tags = new ArrayList<>();
            each.get("tags")
                    .map(Node::elements)
                    .orElse(List.of())
                    .forEach(tag -> tag.textAt().ifPresent(tags::add));
            List<Object> imports = new ArrayList<>();
            for (Node entry : each.get("import-values").map(Node::elements).orElse(List.of())) {
                Object value = TreeValues.of(entry);
                if (value != null) {
                    imports.add(value);
                }
            }
            chart.requirements.add(new Chart.Requirement(
                    each.textAt("name").orElse(""),
                    each.textAt("alias").orElse(""),
                    each.textAt("version").orElse(""),
                    each.textAt("condition").orElse(""),
                    tags,
                    imports));
        }
    }
}
