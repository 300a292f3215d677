package dev.holdfast.respond.deed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.respond.Machine;
import dev.holdfast.respond.group.Members;
import dev.holdfast.respond.group.Target.Hierarchy;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A control group of this machine's kernel, with processes of ours; it needs root. Ended and removed at the end. */
final class RealGroup implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final Hierarchy hierarchy;
    private final List<Process> started = new ArrayList<>();
    private final Optional<Path> mounted;

    private RealGroup(Path folder, Hierarchy hierarchy, Optional<Path> mounted) {
        this.folder = folder;
        this.hierarchy = hierarchy;
        this.mounted = mounted;
    }

    /** A group in a hierarchy; skips the test where this machine has none. */
    static RealGroup in(Hierarchy hierarchy, String name) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "control groups are root's");
        assumeTrue(Files.exists(Path.of("/proc/self/mountinfo")), "control groups are Linux's");
        Machine machine = Machine.at(Path.of("/"));
        Optional<Path> there = switch (hierarchy) {
            case UNIFIED -> machine.unified();
            case FREEZER -> machine.freezer();
        };
        Optional<Path> ours = there.isEmpty() && hierarchy == Hierarchy.FREEZER ? mountFreezer() : Optional.empty();
        Path at = there.or(() -> ours).orElse(Path.of("/nowhere"));
        assumeTrue(
                Files.isWritable(at), "no hierarchy " + hierarchy + " of control groups is mounted to be written here");
        try {
            return new RealGroup(Files.createDirectory(at.resolve("holdfast-" + name)), hierarchy, ours);
        } catch (FileSystemException closed) {
            assumeTrue(false, "no group can be made here: " + closed.getMessage());
            throw closed;
        }
    }

    /** Machines with version 2 alone often have the freezer of version 1 in their kernel all the same. */
    private static Optional<Path> mountFreezer() throws Exception {
        Path at = Files.createTempDirectory("holdfast-freezer");
        Process mount = new ProcessBuilder("mount", "-t", "cgroup", "-o", "freezer", "none", at.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (mount.waitFor() != 0) {
            Files.delete(at);
            return Optional.empty();
        }
        return Optional.of(at);
    }

    Path folder() {
        return folder;
    }

    Hierarchy hierarchy() {
        return hierarchy;
    }

    /** Starts a program in the group: it is there before its first step. */
    Process start(String... command) throws Exception {
        return startIn(folder, command);
    }

    Process startIn(Path group, String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", "read go; exec \"$@\"", "sh"));
        words.addAll(List.of(command));
        Process process;
        try {
            process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException absent) {
            assumeTrue(false, absent.getMessage());
            throw absent;
        }
        started.add(process);
        Files.writeString(group.resolve("cgroup.procs"), Long.toString(process.pid()));
        process.getOutputStream().write("go\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        return process;
    }

    /** Waits until it has so many processes. */
    void awaitProcesses(int atLeast) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Members.numbers(folder).size() < atLeast) {
            assertThat(System.nanoTime())
                    .as("waiting for %d processes", atLeast)
                    .isLessThan(end);
            Thread.sleep(2);
        }
    }

    @Override
    public void close() throws IOException {
        new Killing(folder, hierarchy, Optional.empty()).killEach();
        for (Process process : started) {
            process.destroyForcibly().onExit().join();
        }
        for (Path child : List.of(folder.resolve("inner"), folder)) {
            for (int i = 0; i < 200 && !removed(child); i++) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        }
        if (mounted.isPresent()) {
            new ProcessBuilder("umount", mounted.get().toString())
                    .start()
                    .onExit()
                    .join();
            Files.delete(mounted.get());
        }
    }

    /** A group can be removed when its last process has been buried. */
    private static boolean removed(Path group) {
        try {
            Files.deleteIfExists(group);
            return true;
        } catch (IOException busy) {
            return false;
        }
    }
}
