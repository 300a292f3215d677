package dev.holdfast.sensor.field;

import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import dev.holdfast.sensor.container.Container;
import dev.holdfast.sensor.container.Container.Mount;
import dev.holdfast.sensor.container.Container.Pod;
import dev.holdfast.sensor.container.Identity;
import dev.holdfast.sensor.container.Identity.Known;
import dev.holdfast.sensor.container.Identity.Unknown;
import dev.holdfast.sensor.container.Identity.Unnamed;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** {@code container.*} and {@code k8s.*}. The machine itself is the container {@code host}. */
final class ContainerFields {
    private static final String HOST = "host";

    private ContainerFields() {}

    static void addTo(Map<String, FieldReader> readers) {
        readers.put("container.id", (event, use, into) -> FieldReaders.text(into, id(event.identity(), false)));
        readers.put("container.full_id", (event, use, into) -> FieldReaders.text(into, id(event.identity(), true)));
        readers.put("container.name", (event, use, into) -> FieldReaders.text(into, name(event.identity())));
        readers.put("container.type", (event, use, into) -> FieldReaders.text(into, type(event.identity())));
        readers.put("container.image", text(Container::image));
        readers.put("container.image.id", text(Container::imageId));
        readers.put("container.image.repository", text(Container::repository));
        readers.put("container.image.tag", text(Container::tag));
        readers.put("container.image.digest", text(Container::digest));
        readers.put(
                "container.privileged",
                (event, use, into) ->
                        known(event).flatMap(Container::isPrivileged).ifPresent(into::set));
        readers.put(
                "container.host_network",
                (event, use, into) -> known(event)
                        .ifPresent(container -> into.set(container.host().network())));
        readers.put(
                "container.host_pid",
                (event, use, into) -> known(event)
                        .ifPresent(container -> into.set(container.host().pid())));
        readers.put(
                "container.host_ipc",
                (event, use, into) -> known(event)
                        .ifPresent(container -> into.set(container.host().ipc())));
        readers.put(
                "container.start_ts",
                (event, use, into) -> known(event)
                        .filter(container -> container.startedNanos() != 0)
                        .ifPresent(container -> into.set(container.startedNanos())));
        readers.put(
                "container.duration",
                (event, use, into) -> known(event)
                        .filter(container -> container.startedNanos() != 0)
                        .ifPresent(container -> into.set(Math.max(0, event.time() - container.startedNanos()))));
        readers.put(
                "container.mounts",
                (event, use, into) -> known(event)
                        .ifPresent(container -> into.set(container.mounts().stream()
                                .map(ContainerFields::whole)
                                .collect(Collectors.joining(",")))));
        readers.put("container.mount", mount(ContainerFields::whole));
        readers.put("container.mount.source", mount(Mount::source));
        readers.put("container.mount.dest", mount(Mount::destination));
        readers.put("container.mount.mode", mount(Mount::mode));
        readers.put("container.mount.rdwr", mount(mount -> Boolean.toString(mount.isWritable())));
        readers.put("container.mount.propagation", mount(Mount::propagation));
        readers.put("container.label", ContainerFields::label);
        readers.put(
                "container.labels",
                (event, use, into) -> known(event).ifPresent(container -> FieldReaders.text(into, labels(container))));
        readers.put("k8s.ns.name", text(container -> container.pod().map(Pod::namespace)));
        readers.put("k8s.pod.name", text(container -> container.pod().map(Pod::name)));
        readers.put("k8s.pod.uid", text(container -> container.pod().map(Pod::uid)));
        readers.put("k8s.pod.id", text(container -> container.pod().map(Pod::uid)));
    }

    private static Optional<Container> known(SensorEvent event) {
        return event.identity() instanceof Known known ? Optional.of(known.container()) : Optional.empty();
    }

    private static FieldReader text(Function<Container, Optional<String>> property) {
        return (event, use, into) -> {
            if (event.identity() instanceof Known known) {
                property.apply(known.container()).ifPresent(text -> FieldReaders.text(into, text));
            }
        };
    }

    private static String id(Identity identity, boolean isWhole) {
        return switch (identity) {
            case Unnamed unnamed -> unnamed == Unnamed.HOST ? HOST : "";
            case Known known ->
                isWhole ? known.container().id() : known.container().shortId();
            case Unknown unknown -> isWhole ? unknown.id() : unknown.shortId();
        };
    }

    private static String name(Identity identity) {
        return switch (identity) {
            case Unnamed unnamed -> unnamed == Unnamed.HOST ? HOST : "";
            // A container that was given no name goes by its id.
            case Known known ->
                known.container().name().orElse(known.container().shortId());
            case Unknown _ -> "";
        };
    }

    private static String type(Identity identity) {
        return switch (identity) {
            case Unnamed unnamed -> unnamed == Unnamed.HOST ? HOST : "";
            case Known known -> known.container().engine().word();
            case Unknown unknown -> unknown.engine().word();
        };
    }

    private static String whole(Mount mount) {
        return mount.source() + ":" + mount.destination() + ":" + mount.mode() + ":" + mount.isWritable() + ":"
                + mount.propagation();
    }

    /** A mount by its number, or by where it comes from or goes to, with wildcards. */
    private static FieldReader mount(Function<Mount, String> property) {
        return (event, use, into) -> known(event)
                .flatMap(container -> find(container.mounts(), use))
                .ifPresent(mount -> into.set(property.apply(mount)));
    }

    private static Optional<Mount> find(List<Mount> mounts, FieldUse use) {
        if (use.index() >= 0) {
            return use.index() < mounts.size() ? Optional.of(mounts.get((int) use.index())) : Optional.empty();
        }
        String pattern = use.argument().orElse("");
        boolean isSource = use.field().name().equals("container.mount.dest");
        return mounts.stream()
                .filter(mount -> matches(pattern, isSource ? mount.source() : mount.destination())
                        || (use.field().name().equals("container.mount") && matches(pattern, mount.source())))
                .findFirst();
    }

    private static boolean matches(String pattern, String path) {
        if (pattern.equals(path)) {
            return true;
        }
        try {
            return pattern.indexOf('*') >= 0
                    && FileSystems.getDefault()
                            .getPathMatcher("glob:" + pattern.replace("*", "**"))
                            .matches(Path.of(path));
        } catch (PatternSyntaxException | InvalidPathException odd) {
            return false;
        }
    }

    private static void label(SensorEvent event, FieldUse use, Value into) {
        known(event)
                .map(container -> container.labels().getOrDefault(use.argument().orElse(""), ""))
                .ifPresent(label -> FieldReaders.text(into, label));
    }

    private static String labels(Container container) {
        return container.labels().entrySet().stream()
                .map(label -> label.getKey() + ":" + label.getValue())
                .collect(Collectors.joining(", "));
    }
}
