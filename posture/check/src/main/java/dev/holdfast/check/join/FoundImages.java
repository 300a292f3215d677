package dev.holdfast.check.join;

import dev.holdfast.check.compose.ComposeInspection;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.RelativePaths;
import dev.holdfast.manifest.Surroundings;
import dev.holdfast.manifest.compose.ComposeProject;
import dev.holdfast.manifest.compose.ComposeReader;
import dev.holdfast.manifest.compose.ComposeService;
import dev.holdfast.manifest.tree.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The images that the files of a target tell of: configurations with their names; and Dockerfiles of which a Compose file ({@code build}) or
 * Skaffold ({@code build.artifacts}) says what they make. Compose files are read for this only where they build something, or where some
 * image is known that their services may run.
 */
final class FoundImages {
    private final KnownImages images;
    private final Surroundings beside;
    private final Limits limits;
    private final Set<String> judged = new HashSet<>();
    private final Map<String, Optional<KnownImage>> dockerfiles = new HashMap<>();
    private final List<Use> services = new ArrayList<>();
    private final List<Setting> unread = new ArrayList<>();

    private FoundImages(KnownImages images, Surroundings beside, Limits limits) {
        this.images = images;
        this.beside = beside;
        this.limits = limits;
    }

    static FoundImages of(
            Map<InputKind, List<ManifestFile>> files, KnownImages given, Surroundings beside, Limits limits) {
        FoundImages found = new FoundImages(given.copy(), beside, limits);
        files.getOrDefault(InputKind.DOCKERFILE, List.of()).forEach(file -> found.judged.add(file.path()));
        files.getOrDefault(InputKind.IMAGE, List.of())
                .forEach(file -> ConfigurationImage.add(file, true, found.images));
        files.getOrDefault(InputKind.KUBERNETES, List.of()).forEach(found::skaffold);
        files.getOrDefault(InputKind.COMPOSE, List.of()).forEach(found::compose);
        return found;
    }

    KnownImages images() {
        return images;
    }

    /** Whether nothing is known of any image. */
    boolean isEmpty() {
        return images.isEmpty() && services.stream().allMatch(use -> use.built().isEmpty());
    }

    /** The services of the Compose files that were read. */
    Stream<Use> services() {
        return services.stream();
    }

    /** The images that the others name. */
    List<Setting> unread() {
        return unread;
    }

    private void skaffold(ManifestFile file) {
        for (Node root : file.roots()) {
            if (root.textAt("apiVersion")
                    .filter(text -> text.startsWith("skaffold/"))
                    .isPresent()) {
                String folder = RelativePaths.folder(beside.inside(file.path()));
                for (Node artifact :
                        root.at("build", "artifacts").map(Node::elements).orElse(List.of())) {
                    String context = artifact.textAt("context").orElse(".");
                    Optional<KnownImage> made = dockerfile(
                            folder,
                            context,
                            artifact.textAt("docker", "dockerfile").orElse("Dockerfile"),
                            artifact.textAt("docker", "target"));
                    made.ifPresent(image -> artifact.textAt("image").ifPresent(name -> images.add(name, image)));
                }
            }
        }
    }

    private void compose(ManifestFile file) {
        if (images.isEmpty() && !file.source().text().contains("build")) {
            file.roots().forEach(root -> name(root, file.path()));
            return;
        }
        String path = beside.inside(file.path());
        try {
            if (!ComposeInspection.isLaidOver(path, beside)) {
                services(
                        new ComposeReader(limits).read(path, file.source().text(), file.documents(), beside),
                        file.path());
            }
        } catch (InputException | IOException told) {
            // the checks of the file itself say what is wrong with it
            file.roots().forEach(root -> name(root, file.path()));
        }
    }

    private void name(Node root, String path) {
        for (Node.Entry service : root.get("services").map(Node::entries).orElse(List.of())) {
            Setting.of(service.value().get("image"), path)
                    .filter(image -> !image.text().contains("$")
                            && service.value().get("build").isEmpty())
                    .ifPresent(unread::add);
        }
    }

    private void services(ComposeProject project, String shown) {
        ComposeUses uses = new ComposeUses(project, shown, beside);
        for (ComposeService service : project.services()) {
            Optional<Node> build = service.node().get("build");
            Optional<KnownImage> built = build.flatMap(node -> built(node, project));
            built.ifPresent(image -> service.node().textAt("image").ifPresent(name -> images.add(name, image)));
            Optional<Use> use = uses.use(service, built);
            use.filter(one -> built.isPresent() || build.isEmpty()).ifPresent(services::add);
        }
    }

    /** A build that only arguments or a remote context explain is not followed. */
    private Optional<KnownImage> built(Node build, ComposeProject project) {
        String folder = RelativePaths.folder(project.spot(build).path());
        if (project.unresolved(build).isPresent()) {
            return Optional.empty();
        }
        Optional<String> target = build.textAt("target");
        Optional<Node> inline = build.get("dockerfile_inline");
        if (inline.isPresent()) {
            String path = beside.shown(project.spot(build).path());
            return DockerfileImage.of(path, inline.get().textAt().orElse(""), target, false, images, limits);
        }
        String context = build.textAt().or(() -> build.textAt("context")).orElse(".");
        return dockerfile(folder, context, build.textAt("dockerfile").orElse("Dockerfile"), target);
    }

    private Optional<KnownImage> dockerfile(String folder, String context, String name, Optional<String> target) {
        Optional<String> path = RelativePaths.join(folder, context + "/" + name);
        return path.flatMap(
                file -> dockerfiles.computeIfAbsent(file + " " + target.orElse(""), _ -> read(file, target)));
    }

    private Optional<KnownImage> read(String path, Optional<String> target) {
        try {
            Optional<byte[]> bytes = beside.file(path);
            String shown = beside.shown(path);
            return bytes.flatMap(text -> DockerfileImage.of(
                    shown, new String(text, StandardCharsets.UTF_8), target, judged.contains(shown), images, limits));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
