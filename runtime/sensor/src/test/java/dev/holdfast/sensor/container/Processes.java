package dev.holdfast.sensor.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A {@code /proc} of files, and control groups that are folders. */
final class Processes {
    static final String MACHINE = "[4026531836]";
    static final String CONTAINER = "[4026532549]";

    private final Path root;

    Processes(Path root) throws IOException {
        this.root = root;
        run(1, 0, "/", "/", MACHINE, "/sbin/init");
        Files.createDirectories(root.resolve("proc/self/ns"));
        Files.createSymbolicLink(root.resolve("proc/self/ns/mnt"), Path.of("mnt:" + MACHINE));
    }

    /** A process with its parent, its group, its folder, its name spaces and its arguments. */
    void run(int number, int parent, String group, String folder, String spaces, String... arguments)
            throws IOException {
        Path process = root.resolve("proc/" + number);
        Files.createDirectories(process.resolve("ns"));
        Files.writeString(process.resolve("stat"), number + " (a) b) S " + parent + " 1 1 0 -1 0");
        Files.writeString(process.resolve("cmdline"), String.join("\0", arguments) + "\0");
        Files.writeString(process.resolve("cgroup"), "6:freezer:" + group + "\n0::" + group + "\n");
        Files.createSymbolicLink(process.resolve("cwd"), folder.equals("/") ? root : Path.of(folder));
        Files.createSymbolicLink(process.resolve("root"), root);
        for (String kind : new String[] {"pid", "mnt"}) {
            Files.createSymbolicLink(process.resolve("ns").resolve(kind), Path.of(kind + ":" + spaces));
        }
        Path procs = Files.createDirectories(root.resolve("cgroup").resolve(group.substring(1)))
                .resolve("cgroup.procs");
        Files.writeString(procs, (Files.exists(procs) ? Files.readString(procs) : "") + number + "\n");
    }

    /** What an engine writes; {@code ROOT} is where its machine lies. */
    void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text.replace("ROOT", root.toString()));
    }

    /** The container of a group, by its path alone. */
    Optional<Container> find(String path) {
        CgroupName name = CgroupName.certain(path)
                .orElseGet(() -> CgroupName.possible(path).getFirst());
        return new ContainerFinder(root)
                .find(name, Optional.empty(), new CgroupTree(root.resolve("cgroup")).group(path));
    }
}
