package dev.holdfast.watch.audit;

import static dev.holdfast.watch.audit.AuditFields.chosen;
import static dev.holdfast.watch.audit.AuditFields.request;
import static dev.holdfast.watch.audit.AuditFields.set;

import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonValue.JsonArray;
import dev.holdfast.core.json.JsonValue.JsonObject;
import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.audit.AuditFields.Reader;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The fields {@code ka.req.pod.*} and their old names {@code ka.req.container.*}: of a pod that is asked for. */
final class PodFields {
    private static final String NAME = "ka.req.pod.";

    private PodFields() {}

    static void addTo(Map<String, Reader> fields) {
        for (String list : List.of("containers", "initContainers", "ephemeralContainers")) {
            addContainers(fields, list);
        }
        addOldNames(fields);
        addPod(fields);
        addVolumes(fields);
    }

    private static void addContainers(Map<String, Reader> fields, String list) {
        each(fields, list, "name", (container, into) -> add(container.get("name"), into));
        each(fields, list, "image", (container, into) -> add(container.get("image"), into));
        each(
                fields,
                list,
                "image.repository",
                (container, into) -> container
                        .get("image")
                        .text()
                        .ifPresent(image -> into.add().set(repository(image))));
        each(
                fields,
                list,
                "command",
                (container, into) -> container.get("command").elements().forEach(word -> add(word, into)));
        each(
                fields,
                list,
                "args",
                (container, into) -> container.get("args").elements().forEach(word -> add(word, into)));
        each(fields, list, "host_port", PodFields::hostPorts);
        each(fields, list, "privileged", security("privileged"));
        each(fields, list, "allow_privilege_escalation", security("allowPrivilegeEscalation"));
        each(fields, list, "read_only_fs", security("readOnlyRootFilesystem"));
        each(fields, list, "run_as_user", security("runAsUser"));
        each(fields, list, "run_as_group", security("runAsGroup"));
        each(fields, list, "proc_mount", security("procMount"));
        each(
                fields,
                list,
                "add_capabilities",
                (container, into) -> container
                        .at("securityContext", "capabilities", "add")
                        .elements()
                        .forEach(capability -> add(capability, into)));
        effective(fields, list, "eff_run_as_user", "runAsUser");
        effective(fields, list, "eff_run_as_group", "runAsGroup");
    }

    /** A field that each container of a list adds its values to. */
    private static void each(Map<String, Reader> fields, String list, String name, BiConsumer<JsonValue, Value> read) {
        fields.put(NAME + list + "." + name, (event, use, into) -> {
            JsonValue containers = request(event).at("spec", list);
            if (containers instanceof JsonArray) {
                into.setList();
                chosen(containers, use).forEach(container -> read.accept(container, into));
            }
        });
    }

    private static BiConsumer<JsonValue, Value> security(String setting) {
        return (container, into) -> add(container.at("securityContext", setting), into);
    }

    private static void add(JsonValue value, Value into) {
        if (!value.isAbsent()) {
            set(value, into.add());
        }
    }

    /** The ports on the host; where none is named, those of the container, which are the same when the pod uses the host's network. */
    private static void hostPorts(JsonValue container, Value into) {
        for (JsonValue port : container.get("ports").elements()) {
            add(port.get("hostPort").isAbsent() ? port.get("containerPort") : port.get("hostPort"), into);
        }
    }

    /** What a container runs as: its own setting, the pod's, or else 0, root. */
    private static void effective(Map<String, Reader> fields, String list, String name, String setting) {
        fields.put(NAME + list + "." + name, (event, use, into) -> {
            JsonValue spec = request(event).get("spec");
            JsonValue containers = spec.get(list);
            if (!(containers instanceof JsonArray)) {
                return;
            }
            JsonValue ofPod = spec.at("securityContext", setting);
            into.setList();
            for (JsonValue container : chosen(containers, use)) {
                JsonValue own = container.at("securityContext", setting);
                JsonValue value = own.isAbsent() ? ofPod : own;
                if (value.isAbsent()) {
                    into.add().set("0");
                } else {
                    add(value, into);
                }
            }
        });
    }

    /** The image's name without tag and digest; a port of the registry belongs to the name. */
    static String repository(String image) {
        int at = image.indexOf('@');
        String name = at < 0 ? image : image.substring(0, at);
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
    }

    private static void addOldNames(Map<String, Reader> fields) {
        fields.put(
                "ka.req.container.image", (event, use, into) -> set(first(event).get("image"), into));
        fields.put(
                "ka.req.container.image.repository",
                (event, use, into) -> first(event).get("image").text().ifPresent(image -> into.set(repository(image))));
        fields.put(
                "ka.req.container.host_network",
                (event, use, into) -> set(request(event).at("spec", "hostNetwork"), into));
        fields.put("ka.req.container.privileged", (event, use, into) -> {
            JsonValue containers = request(event).at("spec", "containers");
            if (containers instanceof JsonArray) {
                into.set(String.valueOf(containers.elements().stream()
                        .anyMatch(container ->
                                container.at("securityContext", "privileged").isTrue())));
            }
        });
    }

    private static JsonValue first(JsonValue event) {
        List<JsonValue> containers = request(event).at("spec", "containers").elements();
        return containers.isEmpty() ? JsonValue.JsonNull.NULL : containers.getFirst();
    }

    private static void addPod(Map<String, Reader> fields) {
        of(fields, "host_ipc", "spec", "hostIPC");
        of(fields, "host_network", "spec", "hostNetwork");
        of(fields, "host_pid", "spec", "hostPID");
        of(fields, "run_as_user", "spec", "securityContext", "runAsUser");
        of(fields, "run_as_group", "spec", "securityContext", "runAsGroup");
        of(fields, "fs_group", "spec", "securityContext", "fsGroup");
        fields.put(NAME + "supplemental_groups", (event, use, into) -> {
            JsonValue groups = request(event).at("spec", "securityContext", "supplementalGroups");
            if (groups instanceof JsonArray) {
                into.setList();
                groups.elements().forEach(group -> add(group, into));
            }
        });
    }

    private static void of(Map<String, Reader> fields, String name, String... members) {
        fields.put(NAME + name, (event, use, into) -> set(request(event).at(members), into));
    }

    private static void addVolumes(Map<String, Reader> fields) {
        each(fields, "volumes", "hostpath", (volume, into) -> add(volume.at("hostPath", "path"), into));
        each(fields, "volumes", "flexvolume_driver", (volume, into) -> add(volume.at("flexVolume", "driver"), into));
        each(fields, "volumes", "volume_type", (volume, into) -> {
            if (volume instanceof JsonObject object) {
                object.members().keySet().stream()
                        .filter(member -> !member.equals("name"))
                        .forEach(member -> into.add().set(member));
            }
        });
        fields.put("ka.req.volume.hostpath", (event, use, into) -> {
            JsonValue volumes = request(event).at("spec", "volumes");
            if (volumes instanceof JsonArray) {
                into.set(String.valueOf(isMounted(volumes, use.argument().orElse(""))));
            }
        });
    }

    /** Whether a path of the host is used by a volume; one with a star behind stands for all that begin so. */
    private static boolean isMounted(JsonValue volumes, String wanted) {
        String prefix = wanted.endsWith("*") ? wanted.substring(0, wanted.length() - 1) : "";
        for (JsonValue volume : volumes.elements()) {
            String path = volume.at("hostPath", "path").text().orElse("");
            if (!path.isEmpty() && (path.equals(wanted) || (wanted.endsWith("*") && path.startsWith(prefix)))) {
                return true;
            }
        }
        return false;
    }
}
