package dev.holdfast.manifest.compose;

import dev.holdfast.manifest.tree.Node;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A project: the merged tree of its files. */
public final class ComposeProject {
    private final String path;
    private final Node root;
    private final List<ComposeService> services;
    private final List<String> files;
    private final List<Unfollowed> unfollowed;
    private final IdentityHashMap<Node, String> origins;
    private final IdentityHashMap<Node, String> variables;

    ComposeProject(
            String path,
            Node root,
            List<ComposeService> services,
            List<String> files,
            List<Unfollowed> unfollowed,
            IdentityHashMap<Node, String> origins,
            IdentityHashMap<Node, String> variables) {
        this.path = path;
        this.root = root;
        this.services = List.copyOf(services);
        this.files = List.copyOf(files);
        this.unfollowed = List.copyOf(unfollowed);
        this.origins = origins;
        this.variables = variables;
    }

    /** The file that was asked for. */
    public String path() {
        return path;
    }

    /** The merged tree. */
    public Node root() {
        return root;
    }

    public List<ComposeService> services() {
        return services;
    }

    /** Every file that was read for it, the asked one first. */
    public List<String> files() {
        return files;
    }

    public List<Unfollowed> unfollowed() {
        return unfollowed;
    }

    /** Where a node of the tree stands. */
    public Spot spot(Node node) {
        return new Spot(origins.getOrDefault(node, path), node.place());
    }

    /** The variable that a value depends on and that nobody sets here; for a list or a map that of anything inside. */
    public Optional<String> unresolved(Node node) {
        if (variables.isEmpty()) {
            return Optional.empty();
        }
        String variable = variables.get(node);
        if (variable != null) {
            return Optional.of(variable);
        }
        for (Node element : node.elements()) {
            Optional<String> inside = unresolved(element);
            if (inside.isPresent()) {
                return inside;
            }
        }
        for (Node.Entry entry : node.entries()) {
            Optional<String> inside = unresolved(entry.value());
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    /** How many values depend on a variable that nobody sets here, by variable. */
    public Map<Node, String> unresolvedValues() {
        return Collections.unmodifiableMap(variables);
    }
}
