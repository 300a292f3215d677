package dev.holdfast.watch.scap;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.watch.host.Container;
import dev.holdfast.watch.host.Container.Mount;
import dev.holdfast.watch.host.Container.Shared;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a capture's writer found out about a container: a JSON object {@code {"container": {…}}} with {@code id}, {@code full_id},
 * {@code name}, {@code image}, {@code imageid}, {@code imagerepo}, {@code imagetag}, {@code imagedigest}, {@code type} (a number),
 * {@code privileged}, {@code Mounts}, {@code labels}, {@code pod_sandbox_id}, {@code pod_sandbox_labels}, {@code ip},
 * {@code created_time} (seconds), {@code cni_json}, {@code host_pid}, {@code host_network}, {@code host_ipc}. Members come and go with
 * versions; what is absent is unknown.
 */
final class ContainerNotice {
    /** By the number that stands for them; numbers without a name were never given out. */
    private static final String[] TYPES = {
        "docker",
        "lxc",
        "libvirt-lxc",
        "mesos",
        "rkt",
        "custom",
        "cri",
        "containerd",
        "cri-o",
        "bpm",
        "static",
        "podman"
    };

    private static final long SECOND = 1_000_000_000L;

    private ContainerNotice() {}

    /** Reads a notice; empty when it tells no id. */
    static Optional<Container> read(String json, Limits limits) throws InputException {
        JsonValue root = Json.parse(json, limits);
        JsonValue notice = root.get("container").isAbsent() ? root : root.get("container");
        String id = text(notice, "full_id", text(notice, "id", ""));
        return id.isEmpty() ? Optional.empty() : Optional.of(container(id, notice));
    }

    private static Container container(String id, JsonValue notice) {
        return new Container(
                id,
                type(notice.get("type")),
                text(notice, "name", ""),
                text(notice, "image", ""),
                text(notice, "imageid", ""),
                text(notice, "imagerepo", repository(text(notice, "image", ""))),
                text(notice, "imagetag", ""),
                text(notice, "imagedigest", ""),
                flag(notice.get("privileged")),
                mounts(notice.get("Mounts")),
                labels(notice.get("labels")),
                labels(notice.get("pod_sandbox_labels")),
                text(notice, "pod_sandbox_id", ""),
                text(notice, "ip", ""),
                startedAt(notice),
                text(notice, "cni_json", ""),
                new Shared(
                        flag(notice.get("host_pid")), flag(notice.get("host_network")), flag(notice.get("host_ipc"))));
    }

    /** A container that an old capture describes by four parameters. */
    static Container old(String id, long type, String name, String image) {
        Container known = Container.known(id, type(type));
        return new Container(
                id,
                known.type(),
                name,
                image,
                "",
                repository(image),
                "",
                "",
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                "",
                "",
                0,
                "",
                Shared.UNKNOWN);
    }

    private static String repository(String image) {
        int at = image.indexOf('@');
        String name = at < 0 ? image : image.substring(0, at);
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
    }

    private static String text(JsonValue object, String name, String otherwise) {
        return object.get(name).scalar().filter(text -> !text.isEmpty()).orElse(otherwise);
    }

    private static String type(JsonValue value) {
        return value.integer().map(ContainerNotice::type).orElse(value.text().orElse(""));
    }

    private static String type(long number) {
        return number >= 0 && number < TYPES.length ? TYPES[(int) number] : "";
    }

    private static Optional<Boolean> flag(JsonValue value) {
        return value.isAbsent() ? Optional.empty() : Optional.of(value.isTrue());
    }

    private static long startedAt(JsonValue notice) {
        long seconds = notice.get("created_time").integer().orElse(0L);
        return seconds <= 0 || seconds > Long.MAX_VALUE / SECOND ? 0 : seconds * SECOND;
    }

    private static List<Mount> mounts(JsonValue list) {
        List<Mount> mounts = new ArrayList<>();
        for (JsonValue mount : list.elements()) {
            mounts.add(new Mount(
                    text(mount, "Source", ""),
                    text(mount, "Destination", ""),
                    text(mount, "Mode", ""),
                    mount.get("RW").isTrue(),
                    text(mount, "Propagation", "")));
        }
        return mounts;
    }

    private static Map<String, String> labels(JsonValue object) {
        Map<String, String> labels = new LinkedHashMap<>();
        object.members().forEach((name, value) -> value.scalar().ifPresent(text -> labels.put(name, text)));
        return labels;
    }
}
