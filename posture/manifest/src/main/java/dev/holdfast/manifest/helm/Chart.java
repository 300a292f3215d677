package dev.holdfast.manifest.helm;

import dev.holdfast.manifest.template.Values;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A chart while it is prepared: its requirements decide which sub-charts stay, and aliases rename them. */
final class Chart {
    /** A sub-chart that a chart asks for. */
    static final class Requirement {
        final String name;
        final String alias;
        final String version;
        final String condition;
        final List<String> tags;
        final List<Object> imports;
        boolean isEnabled = true;

        Requirement(
                String name, String alias, String version, String condition, List<String> tags, List<Object> imports) {
            this.name = name;
            this.alias = alias;
            this.version = version;
            this.condition = condition;
            this.tags = tags;
            this.imports = imports;
        }

        /** The name under which its values stand. */
        String known() {
            return alias.isEmpty() ? name : alias;
        }
    }

    /** Where the chart stands, in front of the names of its files; empty for the outermost. */
    final String folder;

    final Node metadata;
    final SortedMap<String, String> templates = new TreeMap<>();
    final SortedMap<String, byte[]> files = new TreeMap<>();
    final List<Requirement> requirements = new ArrayList<>();
    final List<Chart> dependencies = new ArrayList<>();
    /** Where values are written: the tree of the file of values, to find lines in. */
    final List<Node> valueTrees = new ArrayList<>();

    String name;
    Optional<Chart> parent = Optional.empty();
    Map<String, Object> values = Values.map();
    Optional<Node> schema = Optional.empty();

    Chart(String name, String folder, Node metadata) {
        this.name = name;
        this.folder = folder;
        this.metadata = metadata;
    }

    /** The same chart under another name, with sub-charts of its own to keep or drop. */
    Chart as(String other) {
        Chart copy = new Chart(other, folder, metadata);
        copy.templates.putAll(templates);
        copy.files.putAll(files);
        for (Requirement each : requirements) {
            copy.requirements.add(
                    new Requirement(each.name, each.alias, each.version, each.condition, each.tags, each.imports));
        }
        for (Chart each : dependencies) {
            copy.add(each.as(each.name));
        }
        copy.valueTrees.addAll(valueTrees);
        copy.values = Coalescing.copy(values);
        copy.schema = schema;
        return copy;
    }

    void add(Chart dependency) {
        dependency.parent = Optional.of(this);
        dependencies.add(dependency);
    }

    void replaceDependencies(List<Chart> others) {
        dependencies.clear();
        others.forEach(this::add);
    }

    String version() {
        return metadata.textAt("version").orElse("");
    }

    boolean isLibrary() {
        return metadata.textAt("type").filter("library"::equals).isPresent();
    }

    /** The path of its templates' names: {@code shop/charts/redis}. */
    String fullPath() {
        return parent.map(outer -> outer.fullPath() + "/charts/" + name).orElse(name);
    }

    /** The keys under which its values stand, seen from the outermost chart; empty for that. */
    String valuesPath() {
        return parent.map(outer -> outer.valuesPath().isEmpty() ? name : outer.valuesPath() + "." + name)
                .orElse("");
    }
}
