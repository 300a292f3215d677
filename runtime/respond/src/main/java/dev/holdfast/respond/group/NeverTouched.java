package dev.holdfast.respond.group;

import dev.holdfast.respond.Protection;
import dev.holdfast.sensor.container.Container;
import dev.holdfast.sensor.container.Container.Pod;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who is spared, decided by what a container cannot arrange: which processes are in its group, where they come from and since when, and what
 * its engine says. Names of processes do not count.
 */
public final class NeverTouched {
    private static final int FIRST = 1;

    /** By which Docker is told whose a container is, as the kubelet tells it. */
    private static final String NAMESPACE = "io.kubernetes.pod.namespace";

    /** Longer than a line of ancestors is; a circle cannot be, but numbers are given anew while we read. */
    private static final int MOST_ANCESTORS = 1_000;

    private final Path proc;
    private final Protection protection;
    private final ImageLabels imageLabels;

    /**
     * A judge of this machine.
     *
     * @param root of the machine's file system
     */
    public NeverTouched(Path root, Protection protection) {
        this.proc = root.resolve("proc");
        this.protection = protection;
        this.imageLabels = new ImageLabels(root);
    }

    /**
     * Why a container must not be touched; empty when it may be.
     *
     * @param held its group's folder, held
     * @throws java.nio.file.NoSuchFileException when the group has ended
     */
    public Optional<String> reason(Target target, Path held) throws IOException {
        Optional<String> said = target.container().flatMap(this::said);
        return said.isPresent() ? said : inside(Members.numbers(held));
    }

    /** What the engine says. */
    Optional<String> said(Container container) {
        Optional<String> namespace = container.pod().map(Pod::namespace).filter(protection.namespaces()::contains);
        boolean isPod = namespace.isPresent()
                && !(namespace.get().equals(container.labels().get(NAMESPACE))
                        && isOfImage(container, NAMESPACE, namespace.get()));
        if (isPod) {
            return Optional.of("it is a pod of " + namespace.get());
        }
        return container.labels().entrySet().stream()
                .filter(label -> protection.labels().contains(label.getKey() + "=" + label.getValue()))
                .filter(label -> !isOfImage(container, label.getKey(), label.getValue()))
                .map(label -> "it has the label " + label.getKey() + "=" + label.getValue())
                .findFirst();
    }

    /** Whoever makes an image could forbid to stop it otherwise. */
    private boolean isOfImage(Container container, String label, String value) {
        return imageLabels.of(container).contains(label + "=" + value);
    }

    private Optional<String> inside(Set<Integer> members) throws IOException {
        if (members.contains(0)) {
            return Optional.of("it holds processes that cannot be seen from here, so whose they are is not known");
        }
        if (members.contains(FIRST)) {
            return Optional.of("it holds the machine's first process");
        }
        for (int each : ourselves()) {
            if (members.contains(each)) {
                return Optional.of("it holds ourselves (process " + each + ")");
            }
        }
        return monitor(members)
                .map(each -> "it holds process " + each
                        + ", which has the machine's own mounts and was there before the container");
    }

    /** Our process and those that it descends from, without the machine's first. */
    private List<Integer> ourselves() throws IOException {
        List<Integer> line = new ArrayList<>();
        int next = (int) ProcessHandle.current().pid();
        while (next > FIRST && line.size() < MOST_ANCESTORS) {
            line.add(next);
            next = ProcessEntry.of(proc, next).map(ProcessEntry::parent).orElse(0);
        }
        return line;
    }

    /**
     * A process of the machine that is older than the first one of the container: an engine's monitor, or a daemon that was put there. One that
     * broke out is younger. Where nobody has mounts of a container's own, nobody tells since when there is one.
     */
    private Optional<Integer> monitor(Set<Integer> members) throws IOException {
        String machine = mountsOfTheMachine();
        Map<Integer, Long> ofMachine = new TreeMap<>();
        long first = Long.MAX_VALUE;
        for (int each : members) {
            Optional<ProcessEntry> entry = ProcessEntry.of(proc, each);
            if (entry.isEmpty()) {
                continue; // ended meanwhile
            }
            if (entry.get().mounts().equals(machine)) {
                ofMachine.put(each, entry.get().started());
            } else {
                first = Math.min(first, entry.get().started());
            }
        }
        for (Map.Entry<Integer, Long> each : ofMachine.entrySet()) {
            if (each.getValue() < first) {
                return Optional.of(each.getKey());
            }
        }
        return Optional.empty();
    }

    /** Those of its first process; ours where that one does not show them, as hardened machines have it. */
    private String mountsOfTheMachine() throws IOException {
        try {
            return ProcessEntry.of(proc, FIRST).map(ProcessEntry::mounts).orElse("");
        } catch (AccessDeniedException hidden) {
            return ProcessEntry.of(proc, (int) ProcessHandle.current().pid())
                    .map(ProcessEntry::mounts)
                    .orElseThrow(() -> hidden);
        }
    }
}
