package dev.holdfast.sensor.container;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The unified hierarchy of control groups as a file system: the inode of a folder is the id that the kernel gives its group. */
public final class CgroupTree {
    /** Far more groups than a machine has. */
    private static final int MOST = 100_000;

    private static final int DEPTH = 64;

    private final Path root;

    public CgroupTree(Path root) {
        this.root = root;
    }

    /** Where the hierarchy is mounted, by the {@code mountinfo} of this process; empty when it is not. */
    public static Optional<CgroupTree> mounted(Path mountinfo) throws IOException {
        for (String line : Files.readAllLines(mountinfo)) {
            String[] halves = line.split(" - ", 2);
            String[] fields = halves[0].split(" ");
            if (halves.length == 2 && halves[1].startsWith("cgroup2 ") && fields.length > 4) {
                return Optional.of(new CgroupTree(Path.of(fields[4])));
            }
        }
        return Optional.empty();
    }

    /** Where it is mounted. */
    public Path root() {
        return root;
    }

    /** A group by its path; the root where no folder can be called so. */
    GroupFolder group(String path) {
        try {
            return new GroupFolder(root.resolve(path.replaceFirst("^/+", "")), path);
        } catch (InvalidPathException odd) {
            return new GroupFolder(root, path);
        }
    }

    /** All groups, parents before children: their ids and paths. */
    Map<Long, String> groups() {
        Map<Long, String> groups = new LinkedHashMap<>();
        walk(root, "/", 0, groups);
        return groups;
    }

    private void walk(Path folder, String path, int depth, Map<Long, String> groups) {
        if (depth > DEPTH || groups.size() >= MOST) {
            return;
        }
        try {
            groups.put(((Number) Files.getAttribute(folder, "unix:ino", LinkOption.NOFOLLOW_LINKS)).longValue(), path);
            try (DirectoryStream<Path> children =
                    Files.newDirectoryStream(folder, child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))) {
                for (Path child : children) {
                    walk(child, (path.equals("/") ? "" : path) + "/" + child.getFileName(), depth + 1, groups);
                }
            }
        } catch (IOException | DirectoryIteratorException gone) {
            // a group that ended while we looked: there is nothing to tell about it
        }
    }
}
