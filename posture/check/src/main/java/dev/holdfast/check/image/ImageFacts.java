package dev.holdfast.check.image;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import dev.holdfast.oci.ImageConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an image's configuration says, each with its place.
 *
 * @param user empty when none is set
 * @param environment {@code NAME=value}
 * @param program entry point and command in one list
 * @param ports {@code port/protocol}
 * @param volumes paths
 * @param hasHealthCheck empty when the source does not tell
 * @param isWindows whether it is for Windows
 * @param history the steps that made it, oldest first
 * @param created RFC 3339, empty when not said
 * @param labels what it says of itself
 */
record ImageFacts(
        Said user,
        List<Said> environment,
        List<Said> program,
        List<Said> ports,
        List<Said> volumes,
        Optional<Boolean> hasHealthCheck,
        boolean isWindows,
        List<Said> history,
        Said created,
        List<Label> labels) {
    /** A text and where it stands. */
    record Said(String text, Place place) {}

    /** A label and where its value stands. */
    record Label(String name, String value, Place place) {}

    /** The value of a label; empty when there is none. */
    Optional<String> label(String name) {
        return labels.stream()
                .filter(label -> label.name().equals(name))
                .map(Label::value)
                .findFirst();
    }

    /** From the JSON of a configuration, or of one image as {@code docker image inspect} prints it. */
    static ImageFacts of(Node document) {
        Node config = document.get("config").or(() -> document.get("Config")).orElse(document);
        List<Said> program = new ArrayList<>(texts(config.get("Entrypoint")));
        program.addAll(texts(config.get("Cmd")));
        List<Said> history = new ArrayList<>();
        for (Node step : document.get("history").map(Node::elements).orElse(List.of())) {
            step.get("created_by")
                    .ifPresent(node -> history.add(new Said(node.textAt().orElse(""), node.place())));
        }
        Optional<Node> user = config.get("User");
        Optional<Node> created = document.get("created").or(() -> document.get("Created"));
        return new ImageFacts(
                new Said(
                        user.flatMap(node -> node.textAt()).orElse(""),
                        user.orElse(config).place()),
                texts(config.get("Env")),
                program,
                keys(config.get("ExposedPorts")),
                keys(config.get("Volumes")),
                Optional.of(config.get("Healthcheck").isPresent()),
                document.textAt("os")
                        .or(() -> document.textAt("Os"))
                        .filter("windows"::equals)
                        .isPresent(),
                history,
                new Said(
                        created.flatMap(node -> node.textAt()).orElse(""),
                        created.orElse(config).place()),
                config.get("Labels").map(Node::entries).orElse(List.of()).stream()
                        .map(entry -> new Label(
                                entry.key().text(),
                                entry.value().textAt().orElse(""),
                                entry.value().place()))
                        .toList());
    }

    /** From an image that was opened; it has no places. */
    static ImageFacts of(ImageConfiguration configuration) {
        List<String> program = new ArrayList<>(configuration.entrypoint());
        program.addAll(configuration.command());
        return new ImageFacts(
                said(configuration.user()),
                configuration.environment().stream().map(ImageFacts::said).toList(),
                program.stream().map(ImageFacts::said).toList(),
                configuration.exposedPorts().stream().map(ImageFacts::said).toList(),
                List.of(),
                Optional.empty(),
                false,
                configuration.history().stream()
                        .map(ImageConfiguration.HistoryEntry::createdBy)
                        .map(ImageFacts::said)
                        .toList(),
                said(configuration.created()),
                configuration.labels().entrySet().stream()
                        .map(label -> new Label(label.getKey(), label.getValue(), Place.START))
                        .toList());
    }

    private static Said said(String text) {
        return new Said(text, Place.START);
    }

    private static List<Said> texts(Optional<Node> list) {
        List<Said> texts = new ArrayList<>();
        for (Node node : list.map(Node::elements).orElse(List.of())) {
            texts.add(new Said(node.textAt().orElse(""), node.place()));
        }
        list.flatMap(node -> node.textAt().map(text -> new Said(text, node.place())))
                .ifPresent(texts::add);
        return texts;
    }

    private static List<Said> keys(Optional<Node> map) {
        return map.map(Node::entries).orElse(List.of()).stream()
                .map(entry -> new Said(entry.key().text(), entry.key().place()))
                .toList();
    }
}
