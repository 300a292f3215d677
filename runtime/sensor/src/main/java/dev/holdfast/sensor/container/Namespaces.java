package dev.holdfast.sensor.container;

import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which name spaces are the machine's, for containers and processes. In a bundle {@code linux.namespaces} has one for each kind that it does not share; with a
 * {@code path} it joins one that is there, which may be the machine's all the same, as that of a pod in the host's network is.
 */
final class Namespaces {
    private final Path proc;

    /**
     * @param root of the host's file system
     */
    Namespaces(Path root) {
        this.proc = root.resolve("proc");
    }

    /**
     * Whether a container is in the machine's.
     *
     * @param all of the bundle
     * @param type as the bundle calls it, such as {@code network}
     * @param kind as the kernel does, such as {@code net}
     */
    boolean isHosts(List<JsonValue> all, String type, String kind) {
        for (JsonValue namespace : all) {
            if (namespace.get("type").text().orElse("").equals(type)) {
                return namespace
                        .get("path")
                        .text()
                        .filter(path -> isHosts(path, kind))
                        .isPresent();
            }
        }
        return true;
    }

    /** Links below {@code /proc/PID/ns} lead to the name space itself, as files that keep one do. */
    private boolean isHosts(String path, String kind) {
        try {
            Path first = proc.resolve("1/ns").resolve(kind);
            return Files.isSameFile(
                    Path.of(path),
                    Files.exists(first) ? first : proc.resolve("self/ns").resolve(kind));
        } catch (IOException | InvalidPathException gone) {
            return false;
        }
    }

    /** Whether a process is in another name space of a kind than the machine; no when that cannot be seen. */
    boolean isApart(String process, String kind) {
        Optional<Path> own = of(process, kind);
        Optional<Path> machine = of("1", kind).or(() -> of("self", kind));
        return own.isPresent() && machine.isPresent() && !own.equals(machine);
    }

    /** Whether a process sees the same mounts as we do. */
    boolean seesOurMounts(String process) {
        Optional<Path> own = of(process, "mnt");
        return own.isEmpty() || own.equals(of("self", "mnt"));
    }

    /** The name space of a kind that a process is in, as {@code net:[4026531840]}. Hardened machines hide those of their first process. */
    private Optional<Path> of(String process, String kind) {
        try {
            return Optional.of(
                    Files.readSymbolicLink(proc.resolve(process).resolve("ns").resolve(kind)));
        } catch (IOException | UnsupportedOperationException gone) {
            return Optional.empty();
        }
    }
}
