package dev.holdfast.it.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Containers that runc starts out of bundles, without any engine: below a writable layer of each one's own lie the files of a container that
 * the engine holds, or a copy of them where it does not say where they are.
 */
final class Bundles implements Place, AutoCloseable {
    private static final String PREFIX = "holdfast-it-bundle-";
    private static final String CAPABILITIES =
            "[\"CAP_CHOWN\",\"CAP_DAC_OVERRIDE\",\"CAP_FSETID\",\"CAP_FOWNER\",\"CAP_MKNOD\",\"CAP_NET_RAW\","
                    + "\"CAP_SETGID\",\"CAP_SETUID\",\"CAP_SETFCAP\",\"CAP_SETPCAP\",\"CAP_NET_BIND_SERVICE\",\"CAP_SYS_CHROOT\",\"CAP_KILL\"]";

    /** What a container of the engine has as well: nothing of the kernel's settings can be written. */
    private static final String CONFIG = """
            {"ociVersion":"1.0.2","root":{"path":"rootfs"},"annotations":{"org.opencontainers.image.ref.name":"@image"},
             "process":{"user":{"uid":@user,"gid":@user},"cwd":"/","args":["/bin/sleep","600"],
              "env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin","PYTHONHOME=/usr","FAKE=/opt/fake"],
              "capabilities":{"bounding":@capabilities,"effective":@capabilities,"permitted":@capabilities}},
             "mounts":[{"destination":"/proc","type":"proc","source":"proc"},
              {"destination":"/dev","type":"tmpfs","source":"tmpfs","options":["nosuid","mode=755"]},
              {"destination":"/dev/pts","type":"devpts","source":"devpts","options":["nosuid","newinstance","ptmxmode=0666","mode=0620"]},
              {"destination":"/dev/shm","type":"tmpfs","source":"shm"},
              {"destination":"/stage","type":"bind","source":"@stage","options":["bind","ro"]}],
             "linux":{"namespaces":[{"type":"pid"},{"type":"mount"},{"type":"ipc"},{"type":"uts"},{"type":"network"}],
              "devices":[@device],"resources":{"devices":[{"allow":true,"access":"rwm"}]},
              "readonlyPaths":["/proc/bus","/proc/fs","/proc/irq","/proc/sys","/proc/sysrq-trigger"]}}
            """;

    private final Path folder;
    private final Path image;
    private final List<String> containers = new ArrayList<>();

    private Bundles(Path folder, Path image) {
        this.folder = folder;
        this.image = image;
    }

    /** Skips the test where there is no runc. */
    static Bundles of(Engine engine, Path folder) throws Exception {
        assumeTrue(Engine.succeeds("runc", "--version"), "no runc is here");
        String container = engine.start("layers", List.of("--network", "none"));
        String merged = Engine.say(
                        "docker", "inspect", "--format", "{{with .GraphDriver.Data}}{{.MergedDir}}{{end}}", container)
                .strip();
        Path image = Path.of(merged);
        if (merged.isEmpty() || !Files.isDirectory(image)) {
            image = Files.createDirectories(folder.resolve("image"));
            Engine.say("sh", "-c", "docker export " + container + " | tar -x -C " + image + " --exclude dev");
        }
        return new Bundles(folder, image);
    }

    @Override
    public String start(String kind, Path stage) throws Exception {
        String name = PREFIX + kind;
        Path bundle = Files.createDirectories(folder.resolve(name));
        for (String part : List.of("rootfs", "upper", "work")) {
            Files.createDirectories(bundle.resolve(part));
        }
        Engine.say(
                "mount",
                "-t",
                "overlay",
                "overlay",
                "-o",
                "lowerdir=" + image + ",upperdir=" + bundle.resolve("upper") + ",workdir=" + bundle.resolve("work"),
                bundle.resolve("rootfs").toString());
        containers.add(name);
        String device = kind.equals("device") ? "{\"path\":\"/dev/kmsg\",\"type\":\"c\",\"major\":1,\"minor\":11}" : "";
        Files.writeString(
                bundle.resolve("config.json"),
                CONFIG.replace("@image", Engine.IMAGE)
                        .replace("@user", kind.equals("app") ? "10001" : "0")
                        .replace("@capabilities", CAPABILITIES)
                        .replace("@stage", stage.toString())
                        .replace("@device", device));
        // Its output is not ours: it would be held open as long as the container lives.
        Engine.say("sh", "-c", "runc run --detach --bundle " + bundle + " " + name + " </dev/null >/dev/null 2>&1");
        return name;
    }

    @Override
    public void exec(String container, boolean isTerminal, String... command) throws Exception {
        String words = container + " " + String.join(" ", command);
        if (isTerminal) {
            Engine.succeeds("script", "-qc", "runc exec --tty " + words, "/dev/null");
        } else {
            Engine.succeeds("sh", "-c", "runc exec " + words + " </dev/null");
        }
    }

    @Override
    public void remove(String container) throws InterruptedException {
        containers.remove(container);
        Engine.succeeds("runc", "delete", "--force", container);
        Engine.succeeds(
                "umount", "-l", folder.resolve(container).resolve("rootfs").toString());
    }

    @Override
    public void close() {
        try {
            for (String container : List.copyOf(containers)) {
                remove(container);
            }
            Engine.succeeds("rm", "-rf", "--one-file-system", folder.toString());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
