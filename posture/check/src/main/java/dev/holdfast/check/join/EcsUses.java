package dev.holdfast.check.join;

import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.ecs.EcsReader;
import dev.holdfast.manifest.ecs.EcsResource;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The containers of Amazon ECS task definitions. */
final class EcsUses {
    private EcsUses() {}

    static List<Use> of(ManifestFile file) {
        List<Use> uses = new ArrayList<>();
        for (Node root : file.roots()) {
            for (EcsResource resource : EcsReader.read(root)) {
                if (resource.kind() == EcsResource.Kind.TASK_DEFINITION) {
                    Node task = resource.node();
                    for (Node container :
                            task.get("containerDefinitions").map(Node::elements).orElse(List.of())) {
                        use(task, container, file.path()).ifPresent(uses::add);
                    }
                }
            }
        }
        return uses;
    }

    private static Optional<Use> use(Node task, Node container, String path) {
        Optional<Setting> image = Setting.of(container.get("image"), path);
        Optional<Node> family = task.at("runtimePlatform", "operatingSystemFamily");
        Optional<Node> architecture = task.at("runtimePlatform", "cpuArchitecture");
        boolean isWindows = family.flatMap(Node::textAt)
                .filter(text -> text.startsWith("WINDOWS"))
                .isPresent();
        String system = family.isEmpty() ? "" : isWindows ? "windows" : "linux";
        return image.map(named -> new Use(
                InputKind.ECS,
                "container " + container.textAt("name").orElse("?"),
                named,
                Optional.empty(),
                container.get("name").map(Node::place).orElse(container.place()),
                Setting.of(container.get("user"), path)
                        .filter(user -> !user.text().isEmpty()),
                Optional.empty(),
                isWindows,
                Setting.of(container.get("readonlyRootFilesystem").filter(Node::isTrue), path),
                Launch.ofList(container.get("entryPoint"), path),
                Launch.ofList(container.get("command"), path),
                checks(container.at("healthCheck", "command"), path),
                container.get("healthCheck").isPresent(),
                ports(container, path),
                true,
                mounts(container),
                new ImagePlatform(
                        system, architecture.flatMap(Node::textAt).orElse("").toLowerCase(Locale.ROOT)),
                Setting.of(architecture.or(() -> family), path)));
    }

    /** {@code CMD} and a program, or {@code CMD-SHELL} and a line. */
    static List<Launch> checks(Optional<Node> command, String path) {
        Optional<Launch> all = Launch.ofList(command, path);
        List<Launch> checks = new ArrayList<>();
        all.filter(launch -> launch.words().size() > 1).ifPresent(launch -> {
            boolean isShell = launch.words().getFirst().equals("CMD-SHELL");
            if (isShell || launch.words().getFirst().equals("CMD")) {
                checks.add(new Launch(launch.words().subList(1, launch.words().size()), isShell, launch.at()));
            }
        });
        return checks;
    }

    private static List<Setting> ports(Node container, String path) {
        List<Setting> ports = new ArrayList<>();
        for (Node port : container.get("portMappings").map(Node::elements).orElse(List.of())) {
            Setting.of(port.get("containerPort"), path).ifPresent(ports::add);
        }
        return ports;
    }

    private static List<String> mounts(Node container) {
        List<String> mounts = new ArrayList<>();
        for (Node mount : container.get("mountPoints").map(Node::elements).orElse(List.of())) {
            mount.textAt("containerPath").ifPresent(mounts::add);
        }
        return mounts;
    }
}
