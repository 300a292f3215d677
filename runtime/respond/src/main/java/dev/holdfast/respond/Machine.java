package dev.holdfast.respond;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where this machine keeps what is looked at and written.
 *
 * @param root of the machine's file system
 * @param unified where the hierarchy of control groups of version 2 is mounted
 * @param freezer where that of version 1 is that freezes
 * @param pids where that of version 1 is that counts processes
 * @param pins the folder in the file system of BPF that holds what stays in the kernel
 */
public record Machine(Path root, Optional<Path> unified, Optional<Path> freezer, Optional<Path> pids, Path pins) {
    private static final Path PINS = Path.of("/sys/fs/bpf/holdfast");

    /** Fields of a line of {@code mountinfo}: which folder of the file system is mounted, and where. */
    private static final int ROOT = 3;

    private static final int MOUNTED_AT = 4;

    /** The machine whose {@code /proc} lies below a root. */
    public static Machine at(Path root) throws IOException {
        Optional<Path> unified = Optional.empty();
        Optional<Path> freezer = Optional.empty();
        Optional<Path> pids = Optional.empty();
        for (String line : Files.readAllLines(root.resolve("proc/self/mountinfo"))) {
            String[] halves = line.split(" - ", 2);
            String[] fields = halves[0].split(" ");
            String[] kind = halves.length == 2 ? halves[1].split(" ") : new String[0];
            boolean isWhole = kind.length > 2 && fields.length > 4 && fields[ROOT].equals("/");
            if (!isWhole) {
                continue; // a part of a hierarchy, as containers are shown it: its paths are not those that /proc tells
            }
            Optional<Path> at = Optional.of(Path.of(fields[MOUNTED_AT].replace("\\040", " ")));
            if (kind[0].equals("cgroup2")) {
                unified = unified.or(() -> at);
            } else if (kind[0].equals("cgroup")) {
                freezer = Arrays.asList(kind[2].split(",")).contains("freezer") ? freezer.or(() -> at) : freezer;
                pids = Arrays.asList(kind[2].split(",")).contains("pids") ? pids.or(() -> at) : pids;
            }
        }
        return new Machine(root, unified, freezer, pids, PINS);
    }

    public Path proc() {
        return root.resolve("proc");
    }
}
