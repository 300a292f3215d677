package dev.holdfast.respond;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A machine of files: control groups that do nothing but keep what is written into them, processes, and containers of runc and Docker. */
public final class FakeMachine {
    static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    static final String MACHINE = "mnt:[4026531841]";
    static final String INSIDE = "mnt:[4026532300]";

    private final Path root;

    public FakeMachine(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(root.resolve("proc/self"));
        Files.createDirectories(root.resolve("cg"));
        Files.writeString(
                root.resolve("proc/self/mountinfo"),
                "30 20 0:26 / " + root.resolve("cg") + " rw shared:9 - cgroup2 cgroup2 rw\n");
        process(1, 0, 10, MACHINE, "/init.scope");
    }

    public Machine machine() throws IOException {
        Machine here = Machine.at(root);
        return new Machine(root, here.unified(), here.freezer(), here.pids(), root.resolve("bpf"));
    }

    Responder responder(boolean acts) throws IOException {
        return new Responder(machine(), root.resolve("journal"), Protection.DEFAULT, InstantSource.fixed(NOON), acts);
    }

    Path journal() {
        return root.resolve("journal");
    }

    /** A process; its start is in ticks. */
    public void process(int pid, int parent, long started, String mounts, String group) throws IOException {
        Path folder = root.resolve("proc").resolve(Integer.toString(pid));
        Files.createDirectories(folder.resolve("ns"));
        Files.writeString(
                folder.resolve("stat"),
                pid + " (a) b) S " + parent + " 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 " + started + " 0 0");
        Files.writeString(folder.resolve("cgroup"), "0::" + group + "\n");
        Files.deleteIfExists(folder.resolve("ns/mnt"));
        Files.createSymbolicLink(folder.resolve("ns/mnt"), Path.of(mounts));
    }

    /** A control group with processes. */
    public Path group(String path, int... pids) throws IOException {
        Path folder = root.resolve("cg").resolve(path);
        Files.createDirectories(folder);
        StringBuilder lines = new StringBuilder();
        for (int pid : pids) {
            lines.append(pid).append('\n');
        }
        Files.writeString(folder.resolve("cgroup.procs"), lines);
        Files.writeString(folder.resolve("cgroup.freeze"), "0\n");
        Files.writeString(folder.resolve("cgroup.events"), "populated 1\nfrozen 1\n");
        Files.writeString(folder.resolve("pids.max"), "max\n");
        Files.writeString(folder.resolve("pids.current"), pids.length + "\n");
        return folder;
    }

    /** What runc keeps about a container, with annotations as JSON members. */
    public void runc(String id, String annotations) throws IOException {
        Path bundle = root.resolve("bundles").resolve(id);
        Files.createDirectories(bundle);
        Files.writeString(
                bundle.resolve("config.json"),
                "{\"ociVersion\":\"1.0.2\",\"annotations\":{" + annotations
                        + "},\"linux\":{\"namespaces\":[{\"type\":\"network\"},{\"type\":\"pid\"},{\"type\":\"ipc\"}]}}");
        Path state = root.resolve("run/runc").resolve(id);
        Files.createDirectories(state);
        Files.writeString(state.resolve("state.json"), "{\"config\":{\"labels\":[\"bundle=" + bundle + "\"]}}");
    }

    /** What Docker keeps about a container whose labels are JSON members, and about its image. */
    public void docker(String id, String name, String labels, Optional<String> labelsOfImage) throws IOException {
        Path folder = root.resolve("var/lib/docker/containers").resolve(id);
        Files.createDirectories(folder);
        String image = "e".repeat(64);
        Files.writeString(
                folder.resolve("config.v2.json"),
                "{\"ID\":\"" + id + "\",\"Name\":\"/" + name + "\",\"Image\":\"sha256:" + image
                        + "\",\"Config\":{\"Image\":\"shop:1\",\"Labels\":{" + labels + "}}}");
        Files.writeString(folder.resolve("hostconfig.json"), "{\"RestartPolicy\":{\"Name\":\"always\"}}");
        if (labelsOfImage.isPresent()) {
            Path images = root.resolve("var/lib/docker/image/overlay2/imagedb/content/sha256");
            Files.createDirectories(images);
            Files.writeString(images.resolve(image), "{\"config\":{\"Labels\":{" + labelsOfImage.get() + "}}}");
        }
    }
}
