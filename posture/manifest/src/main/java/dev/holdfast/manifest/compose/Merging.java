package dev.holdfast.manifest.compose;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Node.Entry;
import dev.holdfast.manifest.tree.Node.Mapping;
import dev.holdfast.manifest.tree.Node.Sequence;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lays one tree over another as Compose does: maps are merged key by key, lists are put behind each other, single values are replaced.
 * {@code command}, {@code entrypoint} and {@code test} of a health check are replaced whole; {@code volumes}, {@code ports}, {@code secrets},
 * {@code configs} and {@code devices} hold one entry a target; {@code environment}, {@code labels} and their kin may be lists of
 * {@code name=value}, and are maps then. {@code !reset} takes a value away, {@code !override} replaces it whole.
 */
final class Merging {
    private static final Set<String> REPLACED = Set.of("command", "entrypoint", "test");

    private static final Set<String> NAMED =
            Set.of("environment", "labels", "annotations", "sysctls", "extra_hosts", "args", "driver_opts", "options");

    private static final Set<String> BY_TARGET = Set.of("volumes", "secrets", "configs", "devices", "tmpfs");

    private final IdentityHashMap<Node, String> origins;
    private final IdentityHashMap<Node, String> variables;
    private final IdentityHashMap<Node, String> tags;

    /**
     * @param origins the file of each node that is not of the asked one
     * @param variables what each value depends on that nobody sets
     * @param tags the merge tag of each node that has one
     */
    Merging(
            IdentityHashMap<Node, String> origins,
            IdentityHashMap<Node, String> variables,
            IdentityHashMap<Node, String> tags) {
        this.origins = origins;
        this.variables = variables;
        this.tags = tags;
    }

    /** The upper tree laid over the lower. */
    Node over(Node lower, Node upper) {
        return over("", lower, upper);
    }

    private Node over(String key, Node lower, Node upper) {
        if (tags.containsKey(upper) || REPLACED.contains(key)) {
            return upper;
        }
        if (lower instanceof Mapping low && upper instanceof Mapping up) {
            return maps(low, up);
        }
        if (NAMED.contains(key)) {
            return maps(named(lower), named(upper));
        }
        if (lower instanceof Sequence low && upper instanceof Sequence up) {
            return lists(key, low, up);
        }
        return upper.isNull() ? lower : upper;
    }

    private Mapping maps(Mapping lower, Mapping upper) {
        Map<String, Entry> merged = new LinkedHashMap<>();
        lower.entries().forEach(entry -> merged.put(entry.key().text(), entry));
        for (Entry entry : upper.entries()) {
            String name = entry.key().text();
            Entry below = merged.get(name);
            if ("!reset".equals(tags.get(entry.value()))) {
                merged.remove(name);
            } else if (below == null) {
                merged.put(name, entry);
            } else {
                merged.put(name, new Entry(entry.key(), over(name, below.value(), entry.value())));
            }
        }
        return like(upper, new Mapping(new ArrayList<>(merged.values()), upper.place()));
    }

    /** The new node stands where the other one does. */
    private <N extends Node> N like(Node old, N fresh) {
        String origin = origins.get(old);
        if (origin != null) {
            origins.put(fresh, origin);
        }
        return fresh;
    }

    /** A list of {@code name=value} as a map; the places stay. */
    private Mapping named(Node node) {
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        List<Entry> entries = new ArrayList<>();
        for (Node element : node.elements()) {
            String text = element.textAt().orElse("");
            int equals = text.indexOf('=');
            Node.Scalar key = like(
                    element,
                    new Node.Scalar(
                            equals < 0 ? text : text.substring(0, equals), Node.Kind.TEXT, false, element.place()));
            Node.Scalar value = like(
                    element,
                    new Node.Scalar(
                            equals < 0 ? "" : text.substring(equals + 1),
                            equals < 0 ? Node.Kind.NULL : Node.Kind.TEXT,
                            false,
                            element.place()));
            Optional.ofNullable(variables.get(element)).ifPresent(name -> variables.put(value, name));
            entries.add(new Entry(key, value));
        }
        return like(node, new Mapping(entries, node.place()));
    }

    private Sequence lists(String key, Sequence lower, Sequence upper) {
        Map<String, Node> merged = new LinkedHashMap<>();
        int unnamed = 0;
        for (Sequence sequence : List.of(lower, upper)) {
            for (Node element : sequence.elements()) {
                unnamed++;
                merged.put(identity(key, element).orElse("#" + unnamed), element);
            }
        }
        return like(upper, new Sequence(new ArrayList<>(merged.values()), upper.place()));
    }

    /** What makes two entries of a list the same one. */
    private static Optional<String> identity(String key, Node element) {
        if (BY_TARGET.contains(key)) {
            return element.textAt("target")
                    .or(() -> element.textAt("source"))
                    .or(() -> element.textAt().map(Merging::targetOf));
        }
        return element.textAt();
    }

    private static String targetOf(String shortForm) {
        String[] parts = shortForm.split(":", -1);
        return parts.length > 1 ? parts[1] : parts[0];
    }
}
