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
 *
 * @param group its folder, held
 * @param freezer the folder of the same group in the hierarchy of version 1 that freezes: what is frozen there does not die
 */
public record Killing(Path group, Hierarchy hierarchy, Optional<Path> freezer) implements Deed {
    /** A process that waits in the kernel dies when it wakes up. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What does not stand still by then is killed running, and looked for again. */
    private static final Duration A_ROUND = Duration.ofMillis(500);

    /** A group without processes is killed. */
    @Override
    public Force force(String before) throws IOException {
        return left().isEmpty() ? Force.WHOLE : Force.NOT;
    }

    @Override
    public String before() {
        return "";
    }

    @Override
    public Done carryOut() throws IOException {
        int count = left().size();
        Set<Integer> left = kill();
        return left.isEmpty()
                ? new Done(
                        true,
                        "killed: " + Members.processes(count) + (count == 1 ? " was" : " were")
                                + " there, none is left")
                : new Done(false, Members.processes(left.size()) + " did not end yet: " + left);
    }

    /** Kills; returns the processes that are still there. */
    private Set<Integer> kill() throws IOException {
        Path all = group.resolve("cgroup.kill");
        if (hierarchy == Hierarchy.UNIFIED && Files.exists(all)) {
            GroupFile.write(all, "1");
            thawWhereEnginesPause();
            GroupFile.waitFor(PATIENCE, () -> left().isEmpty());
            return left();
        }
        return killEach();
    }

    /** What dies is not to run before: it is killed frozen, and thawed to die. Returns the processes that are still there. */
    Set<Integer> killEach() throws IOException {
        Freezing freezing = new Freezing(group, hierarchy);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!left().isEmpty() && System.nanoTime() < end) {
            freezeIfThere(freezing);
            for (int pid : left()) {
                kill(pid);
            }
            thaw(freezing);
            thawWhereEnginesPause();
            GroupFile.waitFor(A_ROUND, () -> left().isEmpty());
        }
        return left();
    }

    private static void freezeIfThere(Freezing freezing) throws IOException {
        try {
            freezing.freeze(A_ROUND);
        } catch (NoSuchFileException ended) {
            return; // then nobody is left
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

    /** Docker on machines with both versions pauses by version 1, also what we kill by version 2. */
    private void thawWhereEnginesPause() throws IOException {
        if (freezer.isPresent() && hierarchy == Hierarchy.UNIFIED) {
            thaw(new Freezing(freezer.get(), Hierarchy.FREEZER));
        }
    }

    private static void thaw(Freezing freezing) throws IOException {
        try {
            freezing.takeBack("");
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

    @Override
    public void takeBack(String before) {
        throw new UnsupportedOperationException("what was killed cannot be brought back: Action.isReversible tells");
    }
}
