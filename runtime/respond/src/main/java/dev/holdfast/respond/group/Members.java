package dev.holdfast.respond.group;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The processes of a control group and of those below it, by {@code cgroup.procs}: a number a line, 0 for one that cannot be seen from here. */
public final class Members {
    /** Deeper than the kernel's own bound is set anywhere; beyond it nobody would be looked for. */
    private static final int DEPTH = 64;

    private Members() {}

    /**
     * Their numbers, in order; with 0 among them when some cannot be seen.
     *
     * @param group its folder
     * @throws NoSuchFileException when the group has ended
     */
    public static Set<Integer> numbers(Path group) throws IOException {
        if (isThreaded(group)) {
            throw new IOException(
                    group + " holds threads of processes that belong to a group above, and is no whole container");
        }
        Set<Integer> numbers = new TreeSet<>();
        add(group, numbers);
        below(group, 1, numbers);
        return numbers;
    }

    /** So many, in words. */
    public static String processes(int count) {
        return count + (count == 1 ? " process" : " processes");
    }

    /** A file of a group that is removed while it is read or written fails in ways of its own; that the group has ended is what it means. */
    public static IOException endedOr(IOException failed, Path file) {
        return Files.exists(file) || failed instanceof NoSuchFileException
                ? failed
                : new NoSuchFileException(file.toString(), "", "its group has ended: " + failed.getMessage());
    }

    private static void add(Path group, Set<Integer> numbers) throws IOException {
        if (isThreaded(group)) {
            return; // holds threads of processes that the group above lists
        }
        Path processes = group.resolve("cgroup.procs");
        try {
            for (String line : Files.readAllLines(processes)) {
                if (line.matches("[0-9]{1,9}")) {
                    numbers.add(Integer.parseInt(line));
                }
            }
        } catch (IOException failed) {
            throw endedOr(failed, processes);
        }
    }

    private static boolean isThreaded(Path group) throws IOException {
        Path type = group.resolve("cgroup.type");
        try {
            return Files.exists(type) && Files.readString(type).strip().equals("threaded");
        } catch (IOException failed) {
            throw endedOr(failed, type);
        }
    }

    private static void below(Path group, int depth, Set<Integer> numbers) throws IOException {
        if (depth > DEPTH) {
            throw new IOException("control groups are nested deeper than " + DEPTH + " below " + group);
        }
        for (Path child : children(group)) {
            try {
                add(child, numbers);
            } catch (IOException failed) {
                // One that has ended meanwhile holds nobody: its processes are found where they went.
                if (Files.exists(child.resolve("cgroup.procs"))) {
                    throw failed;
                }
            }
            below(child, depth + 1, numbers);
        }
    }

    private static List<Path> children(Path group) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(group, entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))) {
            entries.forEach(children::add);
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        } catch (NoSuchFileException ended) {
            return List.of();
        }
        return children;
    }
}
