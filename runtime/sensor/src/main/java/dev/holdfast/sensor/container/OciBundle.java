package dev.holdfast.sensor.container;

import dev.holdfast.core.json.JsonValue;
import dev.holdfast.sensor.container.Container.Engine;
import dev.holdfast.sensor.container.Container.HostParts;
import dev.holdfast.sensor.container.Container.Mount;
import dev.holdfast.sensor.container.Container.Pod;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code config.json} of a bundle (OCI runtime specification 1.x), which every engine writes for its runtime. Read are {@code
 * annotations}, {@code root}, {@code mounts}, {@code process.capabilities}, {@code linux.namespaces}, {@code linux.maskedPaths} and {@code linux.seccomp}.
 *
 * <p>Engines put into the annotations what they know: containerd's CRI under {@code io.kubernetes.cri.}, CRI-O under {@code
 * io.kubernetes.cri-o.} and {@code io.kubernetes.}, nerdctl under {@code nerdctl/}, others under {@code org.opencontainers.image.}.
 */
final class OciBundle {
    private static final String CRI = "io.kubernetes.cri.";
    private static final String CRIO = "io.kubernetes.cri-o.";
    private static final String NERDCTL = "nerdctl/";

    /** What Podman says it is, which uses some annotations of CRI-O's too. */
    private static final String MANAGER = "io.container.manager";

    private final Place place;
    private final Namespaces namespaces;
    private final JsonValue config;
    private final Map<String, String> annotations;

    private OciBundle(Place place, Namespaces namespaces, JsonValue config) {
        this.place = place;
        this.namespaces = namespaces;
        this.config = config;
        this.annotations = texts(config.get("annotations"));
    }

    /** The bundle in a folder. */
    static Optional<OciBundle> in(Place place, Namespaces namespaces) {
        JsonValue config = StateFile.read(file(place));
        return config.get("ociVersion").isAbsent()
                ? Optional.empty()
                : Optional.of(new OciBundle(place, namespaces, config));
    }

    private static Path file(Place place) {
        return place.path().resolve("config.json");
    }

    /** Where it was read. */
    Path file() {
        return file(place);
    }

    /** Whether its container has this group, as far as it says: {@code linux.cgroupsPath} is an absolute path, or says what systemd is told. */
    boolean isOf(GroupFolder group) {
        String path = config.at("linux", "cgroupsPath").text().orElse("");
        return !path.startsWith("/") || group.path().endsWith(path);
    }

    /** The container as far as the bundle describes it. */
    Container container(String id, Engine named) {
        return new Container(
                id,
                engine(named),
                first(CRI + "container-name", "io.kubernetes.container.name", CRIO + "ContainerName", NERDCTL + "name"),
                first(CRI + "image-name", CRIO + "ImageName", "org.opencontainers.image.ref.name", NERDCTL + "image"),
                first(CRIO + "ImageRef").map(OciBundle::withoutAlgorithm),
                Optional.empty(),
                pod(),
                labels(),
                Optional.of(isPrivileged()),
                mounts(),
                0,
                new HostParts(isHosts("network", "net"), isHosts("pid", "pid"), isHosts("ipc", "ipc")),
                Optional.empty());
    }

    /** The folder of the host that the container sees as its root; empty when it lies in the bundle. */
    Optional<Path> root() {
        return config.at("root", "path")
                .text()
                .filter(path -> path.startsWith("/"))
                .flatMap(this::path);
    }

    private Optional<Path> path(String text) {
        try {
            return Optional.of(new Place(place.view(), Path.of(text)).path());
        } catch (InvalidPathException odd) {
            return Optional.empty();
        }
    }

    /** What of the host a mount shows; engines mount files from the folder where they keep their state. */
    Optional<Path> sourceOf(String destination) {
        return mounts().stream()
                .filter(mount -> mount.destination().equals(destination)
                        && mount.source().startsWith("/"))
                .findFirst()
                .flatMap(mount -> path(mount.source()));
    }

    private Engine engine(Engine named) {
        if (named != Engine.OCI) {
            return named;
        }
        if (annotations.getOrDefault(MANAGER, "").equals("libpod")) {
            return Engine.PODMAN;
        }
        if (hasAnnotation(CRIO)) {
            return Engine.CRIO;
        }
        return hasAnnotation(CRI) || hasAnnotation(NERDCTL) ? Engine.CONTAINERD : Engine.OCI;
    }

    private boolean hasAnnotation(String start) {
        return annotations.keySet().stream().anyMatch(key -> key.startsWith(start));
    }

    private Optional<Pod> pod() {
        Optional<String> namespace = first(CRI + "sandbox-namespace", "io.kubernetes.pod.namespace");
        Optional<String> uid = first(CRI + "sandbox-uid", "io.kubernetes.pod.uid");
        return first(CRI + "sandbox-name", "io.kubernetes.pod.name")
                .map(name -> new Pod(name, namespace.orElse(""), uid.orElse("")));
    }

    /** The annotations are all that a bundle has; CRI-O's hold the labels as a document of their own. */
    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>(annotations);
        labels.putAll(texts(StateFile.parse(first(CRIO + "Labels"))));
        return labels;
    }

    /** Every capability, no filter of system calls and nothing hidden below /proc: what engines mean by the word. */
    private boolean isPrivileged() {
        List<String> bounding = config.at("process", "capabilities", "bounding").texts();
        return bounding.containsAll(List.of("CAP_SYS_ADMIN", "CAP_SYS_MODULE", "CAP_SYS_RAWIO"))
                && config.at("linux", "maskedPaths").elements().isEmpty()
                && config.at("linux", "seccomp").isAbsent();
    }

    private boolean isHosts(String type, String kind) {
        return namespaces.isHosts(config.at("linux", "namespaces").elements(), type, kind);
    }

    private List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>();
        for (JsonValue mount : config.get("mounts").elements()) {
            List<String> options = mount.get("options").texts();
            String type = mount.get("type").text().orElse("");
            if (type.equals("bind") || options.contains("bind") || options.contains("rbind")) {
                mounts.add(new Mount(
                        mount.get("source").text().orElse(""),
                        mount.get("destination").text().orElse(""),
                        "",
                        !options.contains("ro"),
                        propagation(options)));
            }
        }
        return mounts;
    }

    private static String propagation(List<String> options) {
        return options.stream()
                .filter(option -> option.endsWith("private") || option.endsWith("shared") || option.endsWith("slave"))
                .findFirst()
                .orElse("");
    }

    private Optional<String> first(String... names) {
        for (String name : names) {
            String value = annotations.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    static String withoutAlgorithm(String digest) {
        return digest.startsWith("sha256:") ? digest.substring("sha256:".length()) : digest;
    }

    static Map<String, String> texts(JsonValue object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.members().forEach((name, value) -> value.text().ifPresent(text -> texts.put(name, text)));
        return texts;
    }
}
