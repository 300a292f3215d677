package dev.holdfast.manifest.helm;

import dev.holdfast.manifest.helm.functions.TreeValues;
import dev.holdfast.manifest.template.Shape;
import dev.holdfast.manifest.template.Values;
import dev.holdfast.manifest.tree.Node;
import java.util.List;
import java.util.Optional;

/** {@code .Chart}: the fields of {@code Chart.yaml}, with a capital letter each. */
record MetadataShape(Chart chart) implements Shape {
    @Override
    public String typeName() {
        return "struct { chart.Metadata; IsRoot bool }";
    }

    @Override
    public Optional<Object> member(String name, List<Object> arguments) {
        return switch (name) {
            case "Name" -> Optional.of(chart.name);
            case "IsRoot" -> Optional.of(chart.parent.isEmpty());
            case "APIVersion" -> text("apiVersion");
            case "AppVersion" -> text("appVersion");
            case "Version" -> text("version");
            case "Description" -> text("description");
            case "Type" -> text("type");
            case "KubeVersion" -> text("kubeVersion");
            case "Home" -> text("home");
            case "Icon" -> text("icon");
            case "Condition" -> text("condition");
            case "Tags" -> text("tags");
            case "Deprecated" ->
                Optional.of(
                        chart.metadata.get("deprecated").filter(Node::isTrue).isPresent());
            case "Sources" -> Optional.of(list("sources"));
            case "Keywords" -> Optional.of(list("keywords"));
            case "Maintainers" -> Optional.of(list("maintainers"));
            case "Dependencies" -> Optional.of(list("dependencies"));
            case "Annotations" ->
                Optional.of(chart.metadata
                        .get("annotations")
                        .<Object>map(TreeValues::of)
                        .orElseGet(Values::map));
            default -> Optional.empty();
        };
    }

    private Optional<Object> text(String key) {
        return Optional.of(chart.metadata.textAt(key).orElse(""));
    }

    private Object list(String key) {
        return chart.metadata.get(key).<Object>map(TreeValues::of).orElseGet(Values::list);
    }

    @Override
    public String toString() {
        return "{" + chart.name + "}";
    }
}
