package dev.holdfast.sensor.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The process that stays beside a container for as long as it runs, which knows where the engine keeps it, wherever that is. It is the parent of
 * the container's first process:
 *
 * <pre>
 * containerd-shim-runc-v2 -namespace NAMESPACE -id ID    works in a bundle: STATE/io.containerd.runtime.v2.task/NAMESPACE/ID; one for a whole pod
 * conmon -c ID -b BUNDLE                                 of Podman and CRI-O
 * runc run --bundle BUNDLE ID                            called by hand; in its folder, unless told otherwise
 * </pre>
 *
 * <p>Processes of the container itself are passed over: what they call themselves is their choice.
 */
final class Monitor {
    /** So many processes of a container are asked for their parents. */
    private static final int MOST_PROCESSES = 16;

    /** Further up than engines put a monitor. */
    private static final int MOST_ANCESTORS = 8;

    /** Groups of a container's own that are looked through for a process. */
    private static final int MOST_GROUPS = 64;

    private static final int MOST_ARGUMENTS = 64 << 10;

    private final Path proc;
    private final Namespaces namespaces;

    /**
     * @param root of the host's file system
     */
    Monitor(Path root, Namespaces namespaces) {
        this.proc = root.resolve("proc");
        this.namespaces = namespaces;
    }

    /** Where the bundle of a container may lie that has this group, the best guess first. */
    List<Place> bundles(GroupFolder group, String id) {
        List<Place> bundles = new ArrayList<>();
        for (String process : processes(group)) {
            Optional<String> next = parent(process);
            for (int i = 0; i < MOST_ANCESTORS && next.isPresent() && bundles.isEmpty(); i++) {
                if (!isInside(next.get(), group)) {
                    bundles.addAll(named(next.get(), id));
                }
                next = parent(next.get());
            }
            if (!bundles.isEmpty()) {
                return bundles;
            }
        }
        return bundles;
    }

    /**
     * Whether everybody in a group itself, as far as can be seen, is in other name spaces of processes and mounts than the machine. Groups below do not
     * count: engines keep all their containers below one.
     */
    boolean isApart(GroupFolder group) {
        List<String> processes = processesOf(group.folder());
        return !processes.isEmpty()
                && processes.stream()
                        .allMatch(process -> namespaces.isApart(process, "pid") && namespaces.isApart(process, "mnt"));
    }

    private List<Place> named(String monitor, String id) {
        Optional<Path> folder = folder(monitor);
        if (folder.isEmpty()) {
            return List.of();
        }
        List<Place> named = new ArrayList<>();
        Place works = new Place(view(monitor), folder.get());
        List<String> arguments = arguments(monitor);
        if (arguments.contains(id)) {
            bundleIn(arguments).ifPresent(bundle -> named.add(works.at(bundle)));
            named.add(works);
        }
        named.add(works.at("../" + id));
        return named;
    }

    private static Optional<String> bundleIn(List<String> arguments) {
        for (int i = 1; i + 1 < arguments.size(); i++) {
            if (RuntimeCall.BUNDLE.contains(arguments.get(i))) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** What a process sees as the root of the file system; that of ours where both see the same. */
    private Path view(String process) {
        return namespaces.seesOurMounts(process)
                ? Place.OURS
                : proc.resolve(process).resolve("root");
    }

    private boolean isInside(String process, GroupFolder group) {
        return lines(proc.resolve(process).resolve("cgroup")).stream()
                .map(line -> line.split(":", 3))
                .anyMatch(parts -> parts.length == 3 && group.holds(parts[2]));
    }

    private List<String> processes(GroupFolder group) {
        List<String> processes = new ArrayList<>();
        List<Path> folders = new ArrayList<>(List.of(group.folder()));
        for (int i = 0; i < folders.size() && processes.size() < MOST_PROCESSES; i++) {
            processes.addAll(processesOf(folders.get(i)));
            StateFile.list(folders.get(i)).stream()
                    .filter(Files::isDirectory)
                    .limit(Math.max(0, MOST_GROUPS - folders.size()))
                    .forEach(folders::add);
        }
        return processes;
    }

    private static List<String> processesOf(Path folder) {
        return lines(folder.resolve("cgroup.procs")).stream()
                .filter(line -> line.matches("[1-9][0-9]{0,8}"))
                .limit(MOST_PROCESSES)
                .toList();
    }

    private Optional<String> parent(String process) {
        String stat = String.join(" ", lines(proc.resolve(process).resolve("stat")));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return fields.length > 1 && fields[1].matches("[1-9][0-9]{0,8}") && !fields[1].equals("1")
                ? Optional.of(fields[1])
                : Optional.empty();
    }

    private List<String> arguments(String process) {
        return Arrays.asList(read(proc.resolve(process).resolve("cmdline")).split("\0"));
    }

    private static List<String> lines(Path file) {
        return read(file).lines().toList();
    }

    /** What the kernel tells in a file; nothing when whom it is about has ended. */
    private static String read(Path file) {
        try (java.io.InputStream stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes(MOST_ARGUMENTS), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }

    /** Where a process works, as it calls the folder. */
    private Optional<Path> folder(String process) {
        try {
            return Optional.of(Files.readSymbolicLink(proc.resolve(process).resolve("cwd")))
                    .filter(Path::isAbsolute);
        } catch (IOException | UnsupportedOperationException | InvalidPathException gone) {
            return Optional.empty();
        }
    }
}
