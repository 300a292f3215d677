package dev.holdfast.check.join;

import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Images known by their configuration: the JSON that registries store ({@code config}, {@code os}, {@code architecture}) or that {@code docker
 * image inspect} prints ({@code Config}, {@code Os}, {@code Architecture}, {@code RepoTags}, {@code RepoDigests}).
 */
final class ConfigurationImage {
    private ConfigurationImage() {}

    /** Adds the images of a file under the names that it gives them. */
    static void add(ManifestFile file, boolean isJudged, KnownImages images) {
        for (Node document : documents(file)) {
            KnownImage image = of(document, file.path(), isJudged);
            for (String list : List.of("RepoTags", "RepoDigests")) {
                for (Node name : document.get(list).map(Node::elements).orElse(List.of())) {
                    name.textAt().ifPresent(text -> images.add(text, image));
                }
            }
        }
    }

    private static List<Node> documents(ManifestFile file) {
        List<Node> documents = new ArrayList<>();
        for (Node root : file.roots()) {
            documents.addAll(root.elements().isEmpty() ? List.of(root) : root.elements());
        }
        return documents;
    }

    /** The first image of a file; empty when it holds none. */
    static Optional<KnownImage> first(ManifestFile file) {
        return documents(file).stream().findFirst().map(document -> of(document, file.path(), false));
    }

    private static KnownImage of(Node document, String path, boolean isJudged) {
        Node config = document.get("config").or(() -> document.get("Config")).orElse(document);
        Setting user = Setting.of(config.get("User"), path).orElse(new Setting("", path, config.place()));
        Optional<Node> check = config.get("Healthcheck")
                .filter(node ->
                        !node.get("Test").map(Node::elements).orElse(List.of()).isEmpty());
        return new KnownImage(
                path,
                true,
                isJudged,
                Whom.of(user),
                texts(config.get("Env"), path),
                Launch.ofList(config.get("Entrypoint"), path),
                Launch.ofList(config.get("Cmd"), path),
                keys(config.get("ExposedPorts"), path),
                keys(config.get("Volumes"), path),
                check.map(node -> new Setting("", path, node.place())),
                List.of(),
                new ImagePlatform(
                        document.textAt("os").or(() -> document.textAt("Os")).orElse(""),
                        document.textAt("architecture")
                                .or(() -> document.textAt("Architecture"))
                                .orElse("")),
                ImageFiles.UNKNOWN);
    }

    private static List<Setting> texts(Optional<Node> list, String path) {
        List<Setting> texts = new ArrayList<>();
        for (Node node : list.map(Node::elements).orElse(List.of())) {
            Setting.of(Optional.of(node), path).ifPresent(texts::add);
        }
        return texts;
    }

    private static List<Setting> keys(Optional<Node> map, String path) {
        List<Setting> keys = new ArrayList<>();
        for (Node.Entry entry : map.map(Node::entries).orElse(List.of())) {
            keys.add(new Setting(entry.key().text(), path, entry.key().place()));
        }
        return keys;
    }
}
