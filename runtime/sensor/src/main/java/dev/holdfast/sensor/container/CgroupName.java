package dev.holdfast.sensor.container;

import dev.holdfast.sensor.container.Container.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the path of a control group tells about its container. Engines name the last folder after the container:
 *
 * <pre>
 * driver systemd     docker-ID.scope  cri-containerd-ID.scope  crio-ID.scope  libpod-ID.scope  nerdctl-ID.scope  runc-NAME.scope
 * driver cgroupfs    /docker/ID  /kubepods/.../podUID/ID  /libpod_parent/libpod-ID  /NAMESPACE/ID
 * kubelet + systemd  SLICE:cri-containerd:ID
 * </pre>
 *
 * where ID is 64 hexadecimal digits. A container may have folders of its own below: the last part that names one counts.
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
            shape("(?:runc|crun|youki)-([A-Za-z0-9_][A-Za-z0-9+_.-]*)\\.scope", Engine.OCI));

    private static final Pattern BARE = Pattern.compile("(?:.*[:-])?([0-9a-f]{64})(?:\\.scope)?");

    /** What runtimes allow as an id. */
    private static final Pattern CHOSEN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9+_.-]{0,1023}");

    /** Deeper than engines nest; the path is a container's own below its first folder. */
    private static final int DEPTH = 32;

    private static Shape shape(String pattern, Engine engine) {
        return new Shape(Pattern.compile(pattern), engine);
    }

    /** The container that a path names in a way that only engines use. */
    static Optional<CgroupName> certain(String path) {
        String[] parts = path.split("/");
        for (int i = parts.length - 1; i >= Math.max(0, parts.length - DEPTH); i--) {
            for (Shape shape : SHAPES) {
                Matcher matcher = shape.pattern.matcher(parts[i]);
                if (matcher.matches()) {
                    return Optional.of(new CgroupName(matcher.group(1), shape.engine));
                }
            }
            Matcher bare = BARE.matcher(parts[i]);
            if (bare.matches()) {
                boolean isDocker = i > 0 && parts[i - 1].equals("docker");
                return Optional.of(new CgroupName(bare.group(1), isDocker ? Engine.DOCKER : Engine.OCI));
            }
        }
        return Optional.empty();
    }

    /** Parts of a path that may be ids chosen by a person, the last one first: the engines' files have to confirm them. */
    static List<CgroupName> possible(String path) {
        String[] parts = path.split("/");
        List<CgroupName> possible = new ArrayList<>();
        for (int i = parts.length - 1; i >= Math.max(0, parts.length - 3); i--) {
            boolean isUnit = parts[i].endsWith(".slice") || parts[i].endsWith(".service");
            if (!isUnit && CHOSEN.matcher(parts[i]).matches()) {
                possible.add(new CgroupName(parts[i], Engine.OCI));
            }
        }
        return possible;
    }
}
