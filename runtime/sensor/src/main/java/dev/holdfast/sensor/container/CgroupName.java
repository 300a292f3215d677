package dev.holdfast.sensor.container;

import dev.holdfast.sensor.container.Container.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the path of a control group tells about its container. Engines name a folder after the container:
 *
 * <pre>
 * driver systemd     docker-ID.scope  cri-containerd-ID.scope  crio-ID.scope  libpod-ID.scope  nerdctl-ID.scope  runc-NAME.scope
 * driver cgroupfs    /docker/ID  /kubepods/.../podUID/ID  /libpod_parent/libpod-ID  /libpod_parent/POD/libpod-ID  /NAMESPACE/ID
 * kubelet + systemd  SLICE:cri-containerd:ID
 * LXC                lxc.payload.NAME  /lxc.payload/NAME  /lxc/NAME
 * </pre>
 *
 * where ID, and POD, are 64 hexadecimal digits. What lies below is the container's own, and may be called anything: whoever may make groups there could give
 * one the name of another container. So the first part that names one counts, also where a container runs an engine of its own.
 *
 * @param id of the container
 * @param engine as far as the name tells; {@link Engine#OCI} when it does not
 */
public record CgroupName(String id, Engine engine) {
    private record Shape(Pattern pattern, Engine engine) {}

    private static final List<Shape> SHAPES = List.of(
            shape("(?:.*:)?docker[-:]([0-9a-f]{64})(?:\\.scope)?", Engine.DOCKER),
            shape("(?:.*:)?cri-containerd[-:]([0-9a-f]{64})(?:\\.scope)?", Engine.CONTAINERD),
            shape("(?:.*:)?nerdctl[-:]([0-9a-f]{64})(?:\\.scope)?", Engine.CONTAINERD),
            shape("(?:.*:)?crio[-:]([0-9a-f]{64})(?:\\.scope)?", Engine.CRIO),
            shape("(?:.*:)?libpod[-:]([0-9a-f]{64})(?:\\.scope)?", Engine.PODMAN),
            shape("libpod-payload-([0-9a-f]{64})", Engine.PODMAN),
            shape("lxc\\.payload\\.([A-Za-z0-9+_.-]+)", Engine.LXC),
            shape("(?:runc|crun|youki)-(?!\\.{1,2}\\.scope$)([A-Za-z0-9+_.-]+)\\.scope", Engine.OCI));

    private static final Pattern BARE = Pattern.compile("(?:.*[:-])?([0-9a-f]{64})(?:\\.scope)?");

    /** The monitors of Podman and CRI-O, whose groups are named after their container, run on the machine. */
    private static final Pattern MONITOR = Pattern.compile("(?:.*:)?(?:crio|libpod)-conmon-.*");

    /** What runtimes allow as an id, also to begin with; two names of folders are none. */
    private static final Pattern CHOSEN = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9+_.-]{1,1024}");

    private static final Pattern PAYLOAD =
            Pattern.compile(".*/(?:machine-|systemd-nspawn@)([^/]+)\\.(?:scope|service)/payload(?:/.*)?");

    /** Deeper than engines nest. */
    private static final int DEPTH = 32;

    private static Shape shape(String pattern, Engine engine) {
        return new Shape(Pattern.compile(pattern), engine);
    }

    /** Whether a runtime would take a text for an id. */
    static boolean isId(String text) {
        return CHOSEN.matcher(text).matches();
    }

    /** The container that a path names in a way that only engines use. */
    static Optional<CgroupName> certain(String path) {
        String[] parts = path.split("/");
        for (int i = 0; i < Math.min(parts.length, DEPTH); i++) {
            if (isMonitor(parts[i])) {
                return Optional.empty();
            }
            Optional<CgroupName> named = named(parts, i);
            if (named.isPresent()) {
                return named;
            }
        }
        return Optional.empty();
    }

    /** The container that the last part of a path names so. */
    static Optional<CgroupName> last(String path) {
        String[] parts = path.split("/");
        return parts.length == 0 || isMonitor(parts[parts.length - 1])
                ? Optional.empty()
                : named(parts, parts.length - 1);
    }

    /** Whether the last part of a path is the group of a monitor. */
    static boolean isMonitor(String part) {
        return MONITOR.matcher(part).matches();
    }

    private static Optional<CgroupName> named(String[] parts, int i) {
        for (Shape shape : SHAPES) {
            Matcher matcher = shape.pattern.matcher(parts[i]);
            if (matcher.matches()) {
                return Optional.of(new CgroupName(matcher.group(1), shape.engine));
            }
        }
        String above = i > 0 ? parts[i - 1] : "";
        Matcher bare = BARE.matcher(parts[i]);
        if (bare.matches() && !isPod(above, i + 1 < parts.length ? parts[i + 1] : "")) {
            return Optional.of(new CgroupName(bare.group(1), above.equals("docker") ? Engine.DOCKER : Engine.OCI));
        }
        boolean isLxc = above.equals("lxc") || above.equals("lxc.payload");
        return isLxc && isId(parts[i]) ? Optional.of(new CgroupName(parts[i], Engine.LXC)) : Optional.empty();
    }

    /** Podman puts the containers of a pod, and what watches them, into a group that is named after the pod. */
    private static boolean isPod(String above, String below) {
        return above.equals("libpod_parent") || below.startsWith("libpod-") || below.equals("conmon");
    }

    /** What a group of strangers is called: by its folder, or the one that systemd keeps what it runs in below. */
    static Optional<String> nickname(String path) {
        Matcher payload = PAYLOAD.matcher(path);
        String name = payload.matches() ? payload.group(1) : path.substring(path.lastIndexOf('/') + 1);
        return Optional.of(name).filter(CgroupName::isId);
    }

    /** Parts of a path that may be ids chosen by a person, the last one first: the engines' files have to confirm them. */
    static List<CgroupName> possible(String path) {
        String[] parts = path.split("/");
        List<CgroupName> possible = new ArrayList<>();
        for (int i = parts.length - 1; i >= Math.max(0, parts.length - 3); i--) {
            boolean isUnit = parts[i].endsWith(".slice") || parts[i].endsWith(".service");
            if (!isUnit && isId(parts[i])) {
                possible.add(new CgroupName(parts[i], Engine.OCI));
            }
        }
        return possible;
    }
}
