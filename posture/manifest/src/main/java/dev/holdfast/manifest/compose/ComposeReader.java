package dev.holdfast.manifest.compose;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.RelativePaths;
import dev.holdfast.manifest.Surroundings;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Node.Entry;
import dev.holdfast.manifest.tree.Node.Mapping;
import dev.holdfast.manifest.tree.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads Compose files (Compose Specification) and Swarm stacks (version 3 files): several documents of a file, the override file beside it,
 * {@code include}, {@code extends}, variables with {@code .env}. The environment of this process is not looked at, so that an answer depends
 * on the files alone.
 *
 * <p>Bounds: {@link #MOST_FILES} files a project, a file of {@link #MOST_BYTES}; files and services that lead back to themselves are
 * {@link Unfollowed}.
 */
public final class ComposeReader {
    private static final int MOST_FILES = 100;

    /** What is read of a file; the largest honest one that we know of has 120 KB. */
    private static final int MOST_BYTES = 8 << 20;

    private static final int MOST_DEPTH = 32;

    private static final List<String> EXTENSIONS = List.of(".yml", ".yaml");

    private final Limits limits;

    public ComposeReader(Limits limits) {
        this.limits = limits;
    }

    /** Whether a tree is a Compose file: {@code services} holds maps, and at least one is like a service. */
    public static boolean isCompose(Node root) {
        List<Entry> services = root.get("services").map(Node::entries).orElse(List.of());
        boolean areMaps = services.stream()
                .allMatch(entry ->
                        entry.value() instanceof Mapping || entry.value().isNull());
        boolean includes = root.get("include").isPresent() && root.get("kind").isEmpty();
        return areMaps && (includes || services.stream().anyMatch(entry -> isService(entry.value())));
    }

    private static boolean isService(Node node) {
        return node.get("image").isPresent()
                || node.get("build").isPresent()
                || node.get("extends").isPresent()
                || node.get("ports").isPresent()
                || node.get("environment").isPresent()
                || node.get("volumes").isPresent()
                || node.get("command").isPresent()
                || node.get("deploy").isPresent()
                || node.get("profiles").isPresent();
    }

    /** Whether a file of this name is only read together with another one, that beside it without {@code .override}. */
    public static boolean isOverride(String name) {
        return name.matches("(docker-)?compose\\.override\\.ya?ml");
    }

    /**
     * Reads a project.
     *
     * @param path of the file, from the root of the surroundings
     * @throws InputException when the file itself is no Compose file; the message names line and column
     */
    public ComposeProject read(String path, byte[] bytes, Surroundings surroundings)
            throws InputException, IOException {
        Reading reading = new Reading(path, surroundings);
        return reading.project(reading.load(path, tree -> tree.read(bytes), MOST_DEPTH));
    }

    /** Reads a project whose first file was taken apart already, by the core schema of YAML. */
    public ComposeProject read(String path, String text, List<Document> documents, Surroundings surroundings)
            throws InputException, IOException {
        Reading reading = new Reading(path, surroundings);
        return reading.project(reading.load(path, tree -> tree.read(text, documents), MOST_DEPTH));
    }

    /** How the tree of a file is come by. */
    @FunctionalInterface
    private interface Source {
        Node read(ComposeTree tree) throws InputException;
    }

    /** One project while it is read. */
    private final class Reading {
        private final String path;
        private final Surroundings surroundings;
        private final IdentityHashMap<Node, String> origins = new IdentityHashMap<>();
        private final IdentityHashMap<Node, String> variables = new IdentityHashMap<>();
        private final IdentityHashMap<Node, String> tags = new IdentityHashMap<>();
        private final Merging merging = new Merging(origins, variables, tags);
        private final List<Unfollowed> unfollowed = new ArrayList<>();
        private final Map<String, Optional<Node>> loaded = new LinkedHashMap<>();
        private final Set<String> open = new HashSet<>();
        private final Map<String, Map<String, String>> environments = new HashMap<>();

        private Reading(String path, Surroundings surroundings) {
            this.path = path;
            this.surroundings = surroundings;
        }

        /** A file with its variables expanded and what it includes laid beneath it. */
        private Node load(String file, Source source, int depth) throws InputException, IOException {
            open.add(file);
            ComposeTree tree =
                    new ComposeTree(limits, MOST_BYTES, environment(RelativePaths.folder(file)), variables, tags);
            Node root = withServices(source.read(tree));
            if (!file.equals(path)) {
                note(root, file);
            }
            Node whole = withIncluded(root, file, depth);
            loaded.put(file, Optional.of(whole));
            open.remove(file);
            return whole;
        }

        /** The first version of the format had no {@code services}: each key of the file is one. */
        private Node withServices(Node root) {
            boolean isFirstVersion = root instanceof Mapping
                    && root.get("services").isEmpty()
                    && root.get("version").isEmpty()
                    && root.entries().stream()
                            .anyMatch(entry -> entry.value().get("image").isPresent()
                                    || entry.value().get("build").isPresent());
            Node.Scalar key = new Node.Scalar("services", Node.Kind.TEXT, true, root.place());
            return isFirstVersion ? new Mapping(List.of(new Entry(key, root)), root.place()) : root;
        }

        private void note(Node node, String file) {
            if (origins.putIfAbsent(node, file) != null) {
                return; // an alias, noted already
            }
            node.elements().forEach(element -> note(element, file));
            node.entries().forEach(entry -> {
                origins.put(entry.key(), file);
                note(entry.value(), file);
            });
        }

        private Map<String, String> environment(String folder) throws IOException {
            Map<String, String> known = environments.get(folder);
            if (known == null) {
                Optional<byte[]> bytes =
                        surroundings.file(RelativePaths.join(folder, ".env").orElse(".env"));
                known = bytes.filter(found -> found.length <= MOST_BYTES)
                        .map(found -> EnvironmentFile.read(ComposeTree.decode(found)))
                        .orElse(Map.of());
                environments.put(folder, known);
            }
            return known;
        }

        private Optional<Node> override(String file) throws IOException {
            String name = file.substring(file.lastIndexOf('/') + 1);
            if (!name.matches("(docker-)?compose\\.ya?ml")) {
                return Optional.empty();
            }
            String stem = name.substring(0, name.lastIndexOf('.'));
            for (String extension : EXTENSIONS) {
                Optional<String> beside =
                        RelativePaths.join(RelativePaths.folder(file), stem + ".override" + extension);
                if (beside.isPresent() && surroundings.file(beside.get()).isPresent()) {
                    return follow(beside.get(), file, Place.START, MOST_DEPTH);
                }
            }
            return Optional.empty();
        }

        /** Loads another file; what goes wrong with it is noted where it is referred to. */
        private Optional<Node> follow(String other, String from, Place place, int depth) throws IOException {
            Optional<Node> known = loaded.get(other);
            if (known != null) {
                return known;
            }
            String problem = "";
            if (open.contains(other)) {
                problem = "it leads back to itself";
            } else if (loaded.size() >= MOST_FILES || depth == 0) {
                problem = "more than " + MOST_FILES + " files, or files nested too deep, are not read";
            } else {
                Optional<byte[]> bytes = surroundings.file(other);
                if (bytes.isPresent()) {
                    try {
                        return Optional.of(load(other, tree -> tree.read(bytes.get()), depth - 1));
                    } catch (InputException wrong) {
                        problem = wrong.getMessage();
                        open.remove(other);
                    }
                } else {
                    problem = "there is no such file under what is checked";
                }
            }
            unfollowed.add(new Unfollowed(from, place, other + ": " + problem));
            if (!open.contains(other)) {
                loaded.put(other, Optional.empty());
            }
            return Optional.empty();
        }

        private Node withIncluded(Node root, String file, int depth) throws IOException {
            Node whole = root;
            for (Node include : root.get("include").map(Node::elements).orElse(List.of())) {
                Node paths = include.get("path").orElse(include);
                List<Node> each = paths.elements().isEmpty() ? List.of(paths) : paths.elements();
                for (Node one : each) {
                    Optional<Node> included =
                            one.textAt().isPresent() ? followText(one, file, depth) : Optional.empty();
                    if (included.isPresent()) {
                        whole = merging.over(included.get(), whole);
                    }
                }
            }
            return whole;
        }

        private Optional<Node> followText(Node reference, String file, int depth) throws IOException {
            String text = reference.textAt().orElse("");
            Optional<String> variable = Optional.ofNullable(variables.get(reference));
            boolean isRemote = text.contains("://") || text.startsWith("git@") || text.startsWith("oci:");
            Optional<String> other = RelativePaths.join(RelativePaths.folder(file), text);
            if (variable.isPresent() || isRemote || other.isEmpty()) {
                String why = variable.isPresent()
                        ? "its name depends on " + variable.get()
                        : isRemote ? "it is not a local file" : "it lies outside of what is checked";
                unfollowed.add(new Unfollowed(file, reference.place(), text + ": " + why));
                return Optional.empty();
            }
            return follow(other.get(), file, reference.place(), depth);
        }

        private Node withExtended(Node root, String file) throws IOException {
            if (!(root instanceof Mapping mapping)) {
                return root;
            }
            List<Entry> entries = new ArrayList<>();
            for (Entry entry : mapping.entries()) {
                entries.add(
                        entry.key().text().equals("services")
                                ? new Entry(entry.key(), extendedServices(root, entry.value(), file))
                                : entry);
            }
            return new Mapping(entries, mapping.place());
        }

        private Node extendedServices(Node root, Node services, String file) throws IOException {
            List<Entry> extended = new ArrayList<>();
            for (Entry service : services.entries()) {
                String home = origins.getOrDefault(service.value(), file);
                Node whole = extended(root, service.key().text(), service.value(), home, new HashSet<>());
                extended.add(new Entry(service.key(), whole));
            }
            return new Mapping(extended, services.place());
        }

        /** A service laid over the one that it extends, and that over its own. */
        private Node extended(Node root, String name, Node service, String file, Set<String> seen) throws IOException {
            Optional<Node> reference = service.get("extends");
            if (reference.isEmpty()) {
                return service;
            }
            String target = reference
                    .get()
                    .textAt("service")
                    .or(() -> reference.get().textAt())
                    .orElse("");
            if (!seen.add(file + "#" + name) || seen.size() > MOST_DEPTH) {
                unfollowed.add(new Unfollowed(
                        file, reference.get().place(), "extends " + target + ": it leads back to itself"));
                return service;
            }
            Optional<Node> otherFile = reference.get().get("file");
            Node where = root;
            String home = file;
            if (otherFile.isPresent()) {
                Optional<Node> other = followText(otherFile.get(), file, MOST_DEPTH);
                if (other.isEmpty()) {
                    return service;
                }
                where = other.get();
                home = RelativePaths.join(
                                RelativePaths.folder(file),
                                otherFile.get().textAt().orElse(""))
                        .orElse(file);
            }
            Optional<Node> base = where.at("services", target);
            if (base.isEmpty()) {
                unfollowed.add(new Unfollowed(
                        file, reference.get().place(), "extends " + target + ": there is no such service"));
                return service;
            }
            Node below = extended(where, target, base.get(), home, seen);
            return merging.over(below, service);
        }

        private ComposeProject project(Node own) throws IOException {
            Optional<Node> over = override(path);
            Node root = withExtended(over.isPresent() ? merging.over(own, over.get()) : own, path);
            List<ComposeService> services = new ArrayList<>();
            for (Entry entry : root.get("services").map(Node::entries).orElse(List.of())) {
                if (entry.value() instanceof Mapping) {
                    boolean isPatch = entry.value().get("image").isEmpty()
                            && entry.value().get("build").isEmpty()
                            && entry.value().get("provider").isEmpty();
                    services.add(new ComposeService(entry.key().text(), entry.key(), entry.value(), isPatch));
                }
            }
            List<String> files = new ArrayList<>();
            files.add(path);
            loaded.forEach((file, read) -> {
                if (read.isPresent() && !file.equals(path)) {
                    files.add(file);
                }
            });
            return new ComposeProject(path, root, services, files, unfollowed, origins, variables);
        }
    }
}
