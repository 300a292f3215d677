package dev.holdfast.respond.deed;

import dev.holdfast.respond.group.Members;
import dev.holdfast.respond.group.Target.Hierarchy;
import dev.holdfast.sensor.libbpf.HeldProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Ends every process of a group and of those below. Where the kernel does it at once ({@code cgroup.kill}, Linux 5.14) nothing can be forked
 * past it. Elsewhere the group is frozen, so that nothing forks, each process is held, looked for in the group once more and killed, again
 * until none is left.
 */
public final class Killing {
    /** A process that waits in the kernel dies when it wakes up. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int ROUNDS = 64;

    private final Path group;
    private final Hierarchy hierarchy;
    private final Optional<Path> freezer;

    /**
     * A group to be killed.
     *
     * @param freezer the folder of the same group in the hierarchy of version 1 that freezes: what is frozen there does not die
     */
    public Killing(Path group, Hierarchy hierarchy, Optional<Path> freezer) {
        this.group = group;
        this.hierarchy = hierarchy;
        this.freezer = freezer;
    }

    /** Kills; returns the processes that are still there. */
    public Set<Integer> kill() throws IOException {
        Path all = group.resolve("cgroup.kill");
        if (hierarchy == Hierarchy.UNIFIED && Files.exists(all)) {
            GroupFile.write(all, "1");
            if (freezer.isPresent()) {
                thaw(new Freezing(freezer.get(), Hierarchy.FREEZER));
            }
        } else {
            killEach();
        }
        GroupFile.waitFor(PATIENCE, () -> left().isEmpty());
        return left();
    }

    /** What dies is not to run before: it is killed frozen, and thawed to die. */
    void killEach() throws IOException {
        Freezing freezing = new Freezing(group, hierarchy);
        for (int round = 0; round < ROUNDS && !left().isEmpty(); round++) {
            boolean isStill = freezing.freeze();
            for (int pid : left()) {
                kill(pid);
            }
            thaw(freezing);
            if (isStill) {
                GroupFile.waitFor(Duration.ofMillis(200), () -> left().isEmpty());
            }
        }
    }

    private void kill(int pid) throws IOException {
        Optional<HeldProcess> found = HeldProcess.of(pid);
        if (found.isPresent()) {
            try (HeldProcess process = found.get()) {
                // The number may have been given to another process between reading it and holding it.
                if (left().contains(pid) && !process.signal(HeldProcess.SIGKILL)) {
                    return; // ended by itself
                }
            }
        }
    }

    private static void thaw(Freezing freezing) throws IOException {
        try {
            freezing.thaw();
        } catch (NoSuchFileException ended) {
            return; // with its last process the group may be removed at once
        }
    }

    /** The processes that are in the group; none when it has ended. */
    private Set<Integer> left() throws IOException {
        try {
            return Members.numbers(group);
        } catch (IOException failed) {
            if (!Files.exists(group.resolve("cgroup.procs"))) {
                return Set.of();
            }
            throw failed;
        }
    }
}
