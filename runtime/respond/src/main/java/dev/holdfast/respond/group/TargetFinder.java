package dev.holdfast.respond.group;

import dev.holdfast.core.InputException;
import dev.holdfast.core.InputException.Code;
import dev.holdfast.respond.Machine;
import dev.holdfast.respond.group.Target.Hierarchy;
import dev.holdfast.sensor.container.CgroupTree;
import dev.holdfast.sensor.container.Container;
import dev.holdfast.sensor.container.ContainerFinder;
import dev.holdfast.sensor.container.ContainerGroups;
import dev.holdfast.sensor.container.ContainerGroups.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the containers of this machine by their control groups. */
public final class TargetFinder {
    private static final String PROCESS = "pid:";

    /** What engines call the container that holds a pod together and runs nothing. */
    private static final Set<String> KINDS = Set.of(
            "io.kubernetes.cri.container-type", "io.kubernetes.cri-o.ContainerType", "io.kubernetes.docker.type");

    private static final Set<String> SANDBOX = Set.of("sandbox", "podsandbox");

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
        Optional<Path> mounted = switch (hierarchy) {
            case UNIFIED -> machine.unified();
            case FREEZER -> machine.freezer();
        };
        return mounted.map(at -> ContainerGroups.in(new CgroupTree(at), new ContainerFinder(machine.root())).stream()
                        .map(group -> target(group, hierarchy, at))
                        .toList())
                .orElse(List.of());
    }

    private Target target(Group group, Hierarchy hierarchy, Path mounted) {
        String relative = group.path().replaceFirst("^/+", "");
        return new Target(
                group,
                hierarchy,
                mounted.resolve(relative),
                machine.pids().map(at -> at.resolve(relative)).filter(Files::isDirectory),
                machine.freezer().map(at -> at.resolve(relative)).filter(Files::isDirectory));
    }

    /**
     * Finds one container.
     *
     * @param name {@code pid:NUMBER} of a process in it, {@code NAMESPACE/POD}, its name, its id, or how its id begins
     * @throws InputException when none is called so, when several are, or when the process is the machine's own
     */
    public Target find(String name) throws InputException, IOException {
        if (name.startsWith(PROCESS)) {
            return ofProcess(name.substring(PROCESS.length()));
        }
        List<Target> all = all();
        List<Predicate<Target>> ways = name.indexOf('/') > 0
                ? List.of(target -> isOfPod(target, name))
                : List.of(
                        target -> target.id().equals(name),
                        target -> target.container()
                                .flatMap(Container::name)
                                .filter(name::equals)
                                .isPresent(),
                        target -> !name.isEmpty() && target.id().startsWith(name));
        for (Predicate<Target> way : ways) {
            List<Target> found = all.stream().filter(way).toList();
            if (!found.isEmpty()) {
                return only(withoutSandbox(found), name);
            }
        }
        throw new InputException(
                Code.NOT_FOUND,
                name + ": no container that runs here is called so; a name, an id, NAMESPACE/POD or pid:NUMBER does");
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

    private static Target only(List<Target> found, String name) throws InputException {
        if (found.size() > 1) {
            List<String> meant = found.stream()
                    .map(target -> target.id() + " (" + target.name() + ")")
                    .toList();
            throw new InputException(
                    Code.USAGE, name + " may mean " + String.join(" or ", meant) + "; the id tells them apart");
        }
        return found.getFirst();
    }

    private Target ofProcess(String text) throws InputException, IOException {
        Path groups = machine.proc().resolve(text).resolve("cgroup");
        if (!text.matches("[1-9][0-9]{0,8}") || !Files.exists(groups)) {
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
