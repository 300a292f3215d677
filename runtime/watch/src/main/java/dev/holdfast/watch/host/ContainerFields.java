package dev.holdfast.watch.host;

import static dev.holdfast.watch.host.SyscallFields.text;

import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.host.Container.Mount;
import dev.holdfast.watch.host.SyscallFields.Reader;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The fields {@code container.*} and {@code k8s.*}. What runs on the host itself has the container {@code host}. */
final class ContainerFields {
    private static final String HOST = "host";

    private ContainerFields() {}

    static void addTo(Map<String, Reader> fields) {
        addIdentity(fields);
        addSettings(fields);
        addMounts(fields);
        addPod(fields);
    }

    private static void put(Map<String, Reader> fields, String name, Function<Container, String> read) {
        fields.put(name, (event, use, into) -> event.task().container().ifPresent(own -> text(into, read.apply(own))));
    }

    private static void put(Map<String, Reader> fields, String name, String onHost, Function<Container, String> read) {
        fields.put(
                name,
                (event, use, into) ->
                        text(into, event.task().container().map(read).orElse(onHost)));
    }

    private static void flag(Map<String, Reader> fields, String name, Function<Container, Optional<Boolean>> read) {
        fields.put(
                name,
                (event, use, into) -> event.task().container().flatMap(read).ifPresent(into::set));
    }

    private static void addIdentity(Map<String, Reader> fields) {
        put(fields, "container.id", HOST, Container::shortId);
        put(fields, "container.full_id", HOST, Container::id);
        put(fields, "container.name", HOST, Container::name);
        put(fields, "container.type", HOST, Container::type);
        put(fields, "container.image", Container::image);
        put(fields, "container.image.id", Container::imageId);
        put(fields, "container.image.repository", Container::repository);
        put(fields, "container.image.tag", Container::tag);
        put(fields, "container.image.digest", Container::digest);
        put(fields, "container.ip", Container::address);
        put(fields, "container.cni.json", Container::network);
        put(fields, "container.labels", own -> labels(own.labels()));
        fields.put(
                "container.label",
                (event, use, into) -> event.task()
                        .container()
                        .ifPresent(own -> text(
                                into, own.labels().getOrDefault(use.argument().orElse(""), ""))));
    }

    private static String labels(Map<String, String> labels) {
        StringBuilder all = new StringBuilder();
        new TreeMap<>(labels)
                .forEach((name, value) -> all.append(all.isEmpty() ? "" : ", ")
                        .append(name)
                        .append(':')
                        .append(value));
        return all.toString();
    }

    private static void addSettings(Map<String, Reader> fields) {
        flag(fields, "container.privileged", Container::isPrivileged);
        flag(fields, "container.host_pid", own -> own.shared().pid());
        flag(fields, "container.host_network", own -> own.shared().network());
        flag(fields, "container.host_ipc", own -> own.shared().ipc());
        fields.put(
                "container.start_ts",
                (event, use, into) -> event.task()
                        .container()
                        .filter(own -> own.startedAt() > 0)
                        .ifPresent(own -> into.set(own.startedAt())));
        fields.put(
                "container.duration",
                (event, use, into) -> event.task()
                        .container()
                        .filter(own -> own.startedAt() > 0)
                        .ifPresent(own -> into.set(event.time() - own.startedAt())));
    }

    private static void addMounts(Map<String, Reader> fields) {
        put(
                fields,
                "container.mounts",
                own -> String.join(",", own.mounts().stream().map(Mount::print).toList()));
        for (String name : MountFields.NAMES) {
            fields.put(
                    name,
                    (event, use, into) ->
                            event.task().container().ifPresent(own -> MountFields.read(own.mounts(), name, use, into)));
        }
    }

    private static void addPod(Map<String, Reader> fields) {
        put(fields, "k8s.ns.name", own -> own.kubernetes("pod.namespace"));
        put(fields, "k8s.pod.name", own -> own.kubernetes("pod.name"));
        put(fields, "k8s.pod.uid", own -> own.kubernetes("pod.uid"));
        put(fields, "k8s.pod.id", own -> own.kubernetes("pod.uid"));
        put(fields, "k8s.pod.sandbox_id", own -> Container.shortened(own.podSandbox()));
        put(fields, "k8s.pod.full_sandbox_id", Container::podSandbox);
        put(fields, "k8s.pod.ip", own -> own.kubernetes("pod.name").isEmpty() ? "" : own.address());
        put(fields, "k8s.pod.cni.json", Container::network);
        put(fields, "k8s.pod.labels", own -> labels(own.podLabels()));
        fields.put("k8s.pod.label", (event, use, into) -> podLabel(event, use, into));
    }

    private static void podLabel(SyscallEvent event, FieldUse use, Value into) {
        event.task()
                .container()
                .ifPresent(own ->
                        text(into, own.podLabels().getOrDefault(use.argument().orElse(""), "")));
    }
}
