package dev.holdfast.manifest;

import dev.holdfast.core.Limits;
import dev.holdfast.manifest.compose.ComposeReader;
import dev.holdfast.manifest.ecs.EcsReader;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds out what a file is, first by its name, then by words that every file of a kind must hold, and only then by reading it: a folder may
 * hold thousands of YAML and JSON files that are nobody's manifests.
 *
 * <ul>
 *   <li>Dockerfile: {@code Dockerfile}, {@code Containerfile}, {@code Dockerfile.*}, {@code Dockerfile-*}, {@code *.Dockerfile}; a named file
 *       of another name whose first instruction is FROM or ARG.
 *   <li>Kubernetes: a document with {@code apiVersion} and {@code kind}.
 *   <li>Compose: {@code services} that is a map, with a name that says so or a service with {@code image} or {@code build}.
 *   <li>ECS: {@code containerDefinitions}, bare or under {@code taskDefinition}; {@code services} as {@code describe-services} gives them.
 *   <li>Image: {@code config} beside {@code rootfs} or {@code architecture}, or what {@code docker image inspect} prints.
 * </ul>
 */
public final class Recognizer {
    /** Programs that make Dockerfiles, and pages about them, are named so; {@code Dockerfile.go} may be one, by what stands in it. */
    private static final Pattern OTHER_KINDS = Pattern.compile(
            ".*\\.(go|py|js|mjs|ts|rb|rs|java|kt|cs|c|h|cpp|php|sh|md|markdown|rst|adoc|html?|golden|lock|toml|gz|xz|zip|svg|png)");

    private final Limits limits;

    public Recognizer(Limits limits) {
        this.limits = limits;
    }

    /** Whether a file of this name is worth reading when it is met in a folder. */
    public static boolean mayBeOurs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return isDockerfile(lower)
                || lower.endsWith(".yaml")
                || lower.endsWith(".yml")
                || lower.endsWith(".json")
                || lower.equals("kustomization");
    }

    /** Whether a file of this name is a Dockerfile. */
    public static boolean isDockerfileName(String name) {
        return isDockerfile(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isDockerfile(String lower) {
        for (String word : List.of("dockerfile", "containerfile")) {
            if (lower.equals(word)
                    || lower.startsWith(word + ".") && !lower.endsWith(".dockerignore")
                    || lower.startsWith(word + "-")
                    || lower.endsWith("." + word)) {
                return true;
            }
        }
        return false;
    }

    public Recognition recognize(SourceFile source) {
        String lower = source.name().toLowerCase(Locale.ROOT);
        boolean isOfAnotherKind = OTHER_KINDS.matcher(lower).matches() && !beginsAsDockerfile(source);
        if (isOfAnotherKind && isDockerfile(lower)) {
            return new Recognition.Foreign();
        }
        if (isDockerfile(lower) && !isYaml(lower) || source.isNamed() && !isYaml(lower) && beginsAsDockerfile(source)) {
            return new Recognition.Ours(new ManifestFile(source, InputKind.DOCKERFILE, List.of()));
        }
        Optional<InputKind> guess = guess(source, lower);
        if (guess.isEmpty() && source.isNamed() && isYaml(lower)) {
            return read(source, InputKind.KUBERNETES); // whoever names a broken file wants to know where it is broken
        }
        return guess.isEmpty() ? new Recognition.Foreign() : read(source, guess.get());
    }

    private static boolean isYaml(String lower) {
        return lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json");
    }

    private static boolean beginsAsDockerfile(SourceFile source) {
        return source.text()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .map(line -> line.toUpperCase(Locale.ROOT))
                .filter(line -> line.startsWith("FROM ") || line.startsWith("ARG ") && !line.startsWith("ARG ="))
                .isPresent();
    }

    /** What it can be at most, by its name and words. */
    private static Optional<InputKind> guess(SourceFile source, String lower) {
        String text = source.text();
        if (lower.equals("kustomization.yaml") || lower.equals("kustomization.yml") || lower.equals("kustomization")) {
            return Optional.of(InputKind.KUSTOMIZE);
        }
        if (lower.equals("chart.yaml")) {
            return Optional.of(InputKind.HELM);
        }
        if (text.contains("containerDefinitions")
                || text.contains("\"serviceName\"")
                || text.contains("\"clusterName\"")) {
            return Optional.of(InputKind.ECS);
        }
        if (text.contains("apiVersion") && text.contains("kind")) {
            return Optional.of(InputKind.KUBERNETES);
        }
        if (isComposeName(lower) || text.contains("services") && (text.contains("image") || text.contains("build"))) {
            return Optional.of(InputKind.COMPOSE);
        }
        boolean isConfiguration = text.contains("\"rootfs\"") && text.contains("\"config\"")
                || text.contains("\"RootFS\"") && text.contains("\"Config\"");
        return isConfiguration ? Optional.of(InputKind.IMAGE) : Optional.empty();
    }

    private static boolean isComposeName(String lower) {
        return lower.startsWith("docker-compose") || lower.startsWith("compose.") || lower.startsWith("compose-");
    }

    private Recognition read(SourceFile source, InputKind guess) {
        if (guess == InputKind.HELM || guess == InputKind.KUSTOMIZE) {
            return new Recognition.Unfinished(guess, "it is rendered first, which this version does not do");
        }
        Schema schema = guess == InputKind.KUBERNETES ? Schema.KUBERNETES : Schema.CORE;
        List<Document> documents = new YamlReader(schema, limits).read(source.text());
        for (Document document : documents) {
            if (document instanceof Document.Read read && fits(read.root(), guess, source)) {
                return new Recognition.Ours(new ManifestFile(source, guess, documents));
            }
        }
        for (Document document : documents) {
            if (document instanceof Document.Broken broken) {
                return isTemplate(source.text())
                        ? new Recognition.Unfinished(guess, "it is a template, and holds no finished YAML")
                        : new Recognition.Unreadable(guess, broken);
            }
        }
        return new Recognition.Foreign();
    }

    private static boolean isTemplate(String text) {
        return text.contains("{{") || text.contains("{%") || text.contains("<%");
    }

    private static boolean fits(Node root, InputKind guess, SourceFile source) {
        return switch (guess) {
            case KUBERNETES ->
                root.get("kind").isPresent() && root.get("apiVersion").isPresent();
            case COMPOSE -> isCompose(root, source);
            case ECS -> EcsReader.isEcs(root);
            case IMAGE -> isImage(root);
            case DOCKERFILE, HELM, KUSTOMIZE, HOST -> true;
        };
    }

    private static boolean isCompose(Node root, SourceFile source) {
        if (isComposeName(source.name().toLowerCase(Locale.ROOT))) {
            return root instanceof Node.Mapping;
        }
        return ComposeReader.isCompose(root);
    }

    private static boolean isImage(Node root) {
        Node one = root.elements().isEmpty() ? root : root.elements().getFirst();
        return one.get("config").isPresent() || one.get("Config").isPresent();
    }
}
