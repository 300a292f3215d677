package dev.holdfast.check.join;

import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.Surroundings;
import dev.holdfast.manifest.compose.ComposeProject;
import dev.holdfast.manifest.compose.ComposeService;
import dev.holdfast.manifest.compose.PublishedPort;
import dev.holdfast.manifest.compose.Spot;
import dev.holdfast.manifest.compose.VolumeMount;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The services of one Compose project. */
final class ComposeUses {
    private final ComposeProject project;
    private final String path;
    private final Surroundings beside;

    /** @param path the project's file as reports call it */
    ComposeUses(ComposeProject project, String path, Surroundings beside) {
        this.project = project;
        this.path = path;
        this.beside = beside;
    }

    /** @param built what the service is built from, as far as that can be read */
    Optional<Use> use(ComposeService service, Optional<KnownImage> built) {
        Node node = service.node();
        Optional<Setting> name =
                known(node.get("image")).or(() -> known(node.get("build").map(_ -> service.key())));
        if (service.isPatch() || name.isEmpty()) {
            return Optional.empty();
        }
        Optional<Setting> platform = known(node.get("platform"));
        return Optional.of(new Use(
                InputKind.COMPOSE,
                "service " + service.name(),
                name.get(),
                built,
                service.key().place(),
                setting(node.get("user")),
                Optional.empty(),
                false,
                Optional.empty(), // a read-only root leaves the volumes of the image writable
                launch(node.get("entrypoint")),
                launch(node.get("command")),
                EcsUses.checks(node.at("healthcheck", "test"), path(service.key())),
                true, // the engine runs the image's own check
                ports(node),
                true, // Docker opens them
                mounts(node),
                platform.map(at -> ImagePlatform.parse(at.text())).orElse(ImagePlatform.ANY),
                platform));
    }

    private String path(Node node) {
        Spot spot = project.spot(node);
        return spot.path().equals(project.path()) ? path : beside.shown(spot.path());
    }

    private Optional<Setting> setting(Optional<Node> node) {
        return node.flatMap(at -> Setting.of(node, path(at)));
    }

    /** A value that depends on no variable which nobody sets. */
    private Optional<Setting> known(Optional<Node> node) {
        return setting(node.filter(at -> project.unresolved(at).isEmpty()));
    }

    /** A list of words, or a line of which Docker takes the words apart without a shell. */
    private Optional<Launch> launch(Optional<Node> node) {
        Optional<Setting> line = setting(node).filter(one -> !one.text().isBlank());
        return line.map(one -> new Launch(List.of(one.text().strip().split("\\s+")), false, one))
                .or(() -> node.flatMap(at -> Launch.ofList(node, path(at))));
    }

    private List<Setting> ports(Node service) {
        List<Setting> ports = new ArrayList<>();
        for (Node port : service.get("ports").map(Node::elements).orElse(List.of())) {
            int target = PublishedPort.of(port).target();
            if (target > 0) {
                ports.add(new Setting(
                        String.valueOf(target), path(port), project.spot(port).place()));
            }
        }
        return ports;
    }

    private static List<String> mounts(Node service) {
        List<String> mounts = new ArrayList<>();
        for (Node volume : service.get("volumes").map(Node::elements).orElse(List.of())) {
            mounts.add(VolumeMount.of(volume).target());
        }
        return mounts;
    }
}
