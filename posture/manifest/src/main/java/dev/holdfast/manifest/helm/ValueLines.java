package dev.holdfast.manifest.helm;

import dev.holdfast.manifest.tree.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where values are written, by their key. */
final class ValueLines {
    /** Trees may share branches, so that their paths are many more than their nodes. */
    private static final int MOST = 200_000;

    private final Map<String, String> lines = new HashMap<>();
    private final Set<String> inner = new HashSet<>();

    /** Adds a file of values; what is known already counts more. */
    void add(Node tree, String prefix, String file) {
        for (Node.Entry entry : tree.entries()) {
            String key = prefix.isEmpty()
                    ? entry.key().text()
                    : prefix + "." + entry.key().text();
            if (lines.size() < MOST) {
                lines.putIfAbsent(key, file + ":" + entry.key().place().line());
                add(entry.value(), key, file);
                elements(entry.value(), key, file);
            }
        }
    }

    private void elements(Node list, String prefix, String file) {
        int index = 0;
        for (Node element : list.elements()) {
            String key = prefix + "[" + index + "]";
            if (lines.size() < MOST) {
                lines.putIfAbsent(key, file + ":" + element.place().line());
                add(element, key, file);
            }
            index++;
        }
    }

    /** Adds a chart and its sub-charts, whose values stand under their names. */
    void add(Chart chart) {
        for (Node tree : chart.valueTrees) {
            add(tree, chart.valuesPath(), chart.folder + "values.yaml");
        }
        for (Chart each : chart.dependencies) {
            inner.add(each.valuesPath());
            add(each);
        }
    }

    /** What a sub-chart is handed down is shown under the name by which it is set. */
    String shown(String key) {
        int global = key.indexOf(".global.");
        return global > 0 && inner.contains(key.substring(0, global)) ? key.substring(global + 1) : key;
    }

    Optional<String> of(String key) {
        return Optional.ofNullable(lines.get(key)).or(() -> Optional.ofNullable(lines.get(shown(key))));
    }
}
