package dev.holdfast.respond.group;

import dev.holdfast.core.InputException;
import dev.holdfast.core.InputException.Code;
import dev.holdfast.respond.Machine;
import dev.holdfast.respond.group.Target.Hierarchy;
import dev.holdfast.sensor.container.CgroupTree;
import dev.holdfast.sensor.container.Container;
import dev.holdfast.sensor.container.Container.Engine;
import dev.holdfast.sensor.container.ContainerFinder;
import dev.holdfast.sensor.container.ContainerGroups;
import dev.holdfast.sensor.container.ContainerGroups.Group;
import dev.holdfast.sensor.container.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the containers of this machine by their control groups. */
public final class TargetFinder {
    private static final String PROCESS = "pid:";

    /** What engines call the container that holds a pod together and runs nothing. */
    private static final Set<String> KINDS = Set.of(
            "io.kubernetes.cri.container-type", "io.kubernetes.cri-o.ContainerType", "io.kubernetes.docker.type");

    private static final Set<String> SANDBOX = Set.of("sandbox", "podsandbox");

    private static final Pattern WHOLE_ID = Pattern.compile("[0-9a-f]{64}");

    /** What is shown of an id, and what of it people give. */
    private static final Pattern SHORT_ID = Pattern.compile("[0-9a-f]{12,64}");

    private final Machine machine;

    public TargetFinder(Machine machine) {
        this.machine = machine;
    }

    /** All containers that run, each once: by the hierarchy of version 2 when it has processes there. */
    public List<Target> all() {
        List<Target> unified = in(Hierarchy.UNIFIED);
        List<Target> freezer =
                in(Hierarchy.FREEZER).stream().filter(TargetFinder::isPopulated).toList();
        List<Target> all = new ArrayList<>();
        for (Target target : unified) {
            boolean isElsewhere = freezer.stream().anyMatch(other -> isSame(other, target));
            if (isPopulated(target) || !isElsewhere) {
                all.add(target);
            }
        }
        for (Target target : freezer) {
            if (all.stream().noneMatch(other -> isSame(other, target))) {
                all.add(target);
            }
        }
        return List.copyOf(all);
    }

    private static boolean isSame(Target one, Target other) {
        return one.id().equals(other.id());
    }

    private static boolean isPopulated(Target target) {
        try {
            return !Members.numbers(target.folder()).isEmpty();
        } catch (IOException ended) {
            return false;
        }
    }

    private List<Target> in(Hierarchy hierarchy) {
        Optional<Path> mounted = mounted(hierarchy);
        List<Target> found = mounted.map(
                        at -> ContainerGroups.in(new CgroupTree(at), new ContainerFinder(machine.root())).stream()
                                .map(group -> target(group, hierarchy, at))
                                .toList())
                .orElse(List.of());
        return those(found, target -> !isDecoy(target, found));
    }

    /**
     * Whether a group only calls itself like a container. Whoever was given groups of his own, as every user of a desktop is, may make some of
     * any name; those of the engines lie in folders of root.
     */
    private static boolean isDecoy(Target target, List<Target> all) {
        List<Target> namesakes = those(all, other -> isSame(other, target));
        return namesakes.size() > 1
                && !isMadeByRoot(target)
                && namesakes.stream().anyMatch(TargetFinder::isMadeByRoot);
    }

    private static boolean isMadeByRoot(Target target) {
        try {
            return Files.getAttribute(target.folder().resolveSibling("."), "unix:uid")
                    .equals(0);
        } catch (IOException ended) {
            return false;
        }
    }

    private Optional<Path> mounted(Hierarchy hierarchy) {
        return switch (hierarchy) {
            case UNIFIED -> machine.unified();
            case FREEZER -> machine.freezer();
        };
    }

    private static String relative(String path) {
        return path.replaceFirst("^/+", "");
    }

    private Target target(Group group, Hierarchy hierarchy, Path mounted) {
        String relative = relative(group.path());
        return new Target(
                group,
                hierarchy,
                mounted.resolve(relative),
                machine.pids().map(at -> at.resolve(relative)).filter(Files::isDirectory),
                machine.freezer().map(at -> at.resolve(relative)).filter(Files::isDirectory));
    }

    /**
     * The container that a journal tells about; empty when it has ended, also when another group has its path now.
     *
     * @param path of its group
     * @param id of its group: the inode of the folder
     */
    public Optional<Target> at(String path, long id, String container) {
        for (Hierarchy hierarchy : Hierarchy.values()) {
            Optional<Path> mounted = mounted(hierarchy);
            Optional<Path> folder = mounted.map(at -> at.resolve(relative(path)).normalize())
                    .filter(at -> at.startsWith(mounted.get()) && !at.equals(mounted.get()))
                    .filter(at -> inode(at) == id);
            if (folder.isPresent()) {
                Group group = new Group(id, "/" + relative(path), new Identity.Unknown(container, Engine.OCI));
                return Optional.of(target(group, hierarchy, mounted.get()));
            }
        }
        return Optional.empty();
    }

    private static long inode(Path folder) {
        try {
            return ((Number) Files.getAttribute(folder, "unix:ino", LinkOption.NOFOLLOW_LINKS)).longValue();
        } catch (IOException | UnsupportedOperationException none) {
            return -1;
        }
    }

    /**
     * Finds a container, or those of a pod.
     *
     * @param name {@code pid:NUMBER} of a process in it, {@code NAMESPACE/POD}, its name, its id, or how its id begins
     * @throws InputException when none is called so, when it may mean several, or when the process is the machine's own
     */
    public List<Target> find(String name) throws InputException, IOException {
        if (machine.unified().isEmpty() && machine.freezer().isEmpty()) {
            throw new IOException(
                    "no hierarchy of control groups is mounted whole here; in a container, those of the machine are needed");
        }
        if (name.startsWith(PROCESS)) {
            return List.of(ofProcess(name.substring(PROCESS.length())));
        }
        List<Target> all = all();
        List<Target> found = name.indexOf('/') > 0
                ? withoutSandbox(those(all, target -> isOfPod(target, name)))
                : one(called(all, name), name);
        if (found.isEmpty()) {
            throw new InputException(
                    Code.NOT_FOUND,
                    name
                            + ": no container that runs here is called so; a name, an id, NAMESPACE/POD or pid:NUMBER does");
        }
        return found;
    }

    /**
     * Whom a word may mean: a whole id before all else; then a name, or an id that somebody chose. Without these it is the beginning of an id. A
     * name that is as long as ids are shown, and begins another one's, may have been given to be taken for that.
     */
    private static List<Target> called(List<Target> all, String word) {
        List<Target> ids = those(all, target -> target.id().equals(word));
        if (WHOLE_ID.matcher(word).matches() && !ids.isEmpty()) {
            return ids;
        }
        List<Target> beginnings =
                those(all, target -> !word.isEmpty() && target.id().startsWith(word));
        List<Target> names = those(
                all,
                target -> target.id().equals(word)
                        || target.container()
                                .flatMap(Container::name)
                                .filter(word::equals)
                                .isPresent());
        if (names.isEmpty() || SHORT_ID.matcher(word).matches()) {
            return Stream.concat(names.stream(), beginnings.stream()).distinct().toList();
        }
        return names;
    }

    private static List<Target> those(List<Target> all, Predicate<Target> meant) {
        return all.stream().filter(meant).toList();
    }

    private static boolean isOfPod(Target target, String name) {
        return target.container()
                .flatMap(Container::pod)
                .filter(pod -> name.equals(pod.namespace() + "/" + pod.name()))
                .isPresent();
    }

    /** Who names a pod means what runs in it. */
    private static List<Target> withoutSandbox(List<Target> found) {
        List<Target> kept = found.stream().filter(target -> !isSandbox(target)).toList();
        return kept.isEmpty() ? found : kept;
    }

    private static boolean isSandbox(Target target) {
        return target.container().stream()
                .flatMap(container -> container.labels().entrySet().stream())
                .anyMatch(label -> KINDS.contains(label.getKey()) && SANDBOX.contains(label.getValue()));
    }

    private static List<Target> one(List<Target> found, String name) throws InputException {
        List<Target> kept = withoutSandbox(found);
        if (kept.size() > 1) {
            List<String> meant = kept.stream()
                    .map(target -> target.id() + " (" + target.name() + ")")
                    .toList();
            throw new InputException(
                    Code.USAGE,
                    name + " may mean " + String.join(" or ", meant) + "; the whole id or pid:NUMBER tells them apart");
        }
        return kept;
    }

    private Target ofProcess(String text) throws InputException, IOException {
        boolean isNumber = text.matches("[1-9][0-9]{0,8}");
        Path groups = machine.proc().resolve(isNumber ? text : "none").resolve("cgroup");
        if (!isNumber || !Files.exists(groups)) {
            throw new InputException(Code.NOT_FOUND, PROCESS + text + ": there is no process with this number");
        }
        List<String> lines = Files.readAllLines(groups);
        for (Target target : all()) {
            if (path(lines, target.hierarchy()).filter(target.group()::holds).isPresent()) {
                return target;
            }
        }
        throw new InputException(
                Code.NOT_FOUND,
                PROCESS + text + " runs in no container, and the machine's own processes are never touched");
    }

    /** A line is {@code NUMBER:CONTROLLERS:PATH}; version 2 has the number 0 and no controllers. */
    private static Optional<String> path(List<String> lines, Hierarchy hierarchy) {
        for (String line : lines) {
            String[] parts = line.split(":", 3);
            boolean isWanted = parts.length == 3
                    && switch (hierarchy) {
                        case UNIFIED -> parts[0].equals("0") && parts[1].isEmpty();
                        case FREEZER -> Arrays.asList(parts[1].split(",")).contains("freezer");
                    };
            if (isWanted) {
                return Optional.of(parts[2]);
            }
        }
        return Optional.empty();
    }
}
