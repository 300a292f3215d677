package dev.holdfast.it.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** This machine's Docker Engine. Everything that it makes here begins with the same word, and is removed at the end. */
final class Engine implements Place, AutoCloseable {
    /** The image with tools that only are called so, and with Python under the names of servers. */
    static final String IMAGE = "holdfast-it/tools:1";

    private static final String PREFIX = "holdfast-it-";
    private static final int PATIENCE_SECONDS = 120;

    /** Programs that do nothing but have a name. */
    private static final String NAMED =
            "nc socat sshd ssh ssh-keygen apt-get dpkg pip npm gcc make-believe useradd setcap getcap pkill nmap ping"
                    + " tcpdump amicontained kubectl xmrig scp ncat mkfs psql redis-cli debugfs docker-compose rsync crontab sudo vi wget gdb strace"
                    + " mysqld httpd minerd rpm apk dnf pkexec";

    private static final String NETWORK = PREFIX + "walled";
    private static final String BRIDGE = "holdfast-it0";

    /** What would leave the bridge is answered with a refusal: tests talk to nobody outside. */
    private static final List<String> WALL = List.of("DOCKER-USER", "-i", BRIDGE, "!", "-o", BRIDGE, "-j", "REJECT");

    private static final Map<String, List<String>> KINDS = Map.of(
            "app", List.of("--user", "10001"),
            "device", List.of("--device", "/dev/kmsg"),
            "module", List.of("--cap-add", "SYS_MODULE"),
            "admin", List.of("--cap-add", "SYS_ADMIN"),
            "unconfined", List.of("--security-opt", "seccomp=unconfined"),
            "privileged", List.of("--privileged"));

    private final List<String> containers = new ArrayList<>();
    private boolean isWalled;

    private Engine() {}

    /** Skips the test where there is none, or where the image that all others are made from is not here. */
    static Engine need() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "this needs root");
        assumeTrue(succeeds("docker", "version"), "no Docker Engine runs here");
        Path archive = Path.of(System.getProperty("holdfast.images", "absent"), "debian-web.docker.tar");
        assumeTrue(Files.exists(archive), "the image debian-web is not here");
        Engine engine = new Engine();
        engine.makeImage(archive);
        return engine;
    }

    private void makeImage(Path archive) throws Exception {
        if (succeeds("docker", "image", "inspect", IMAGE)) {
            return;
        }
        say("docker", "load", "--input", archive.toString());
        String maker = PREFIX + "maker";
        run(
                maker,
                List.of("--user", "root", "--entrypoint", "/bin/sh"),
                "localhost/debian-web:1",
                "-c",
                "mkdir -p /opt/fake /opt/py /mnt && for n in " + NAMED + "; do cp /usr/bin/true /opt/fake/$n; done;"
                        + " for n in nc nginx node postgres mysqld java sh-py; do cp $(readlink -f /usr/bin/python3) /opt/py/$n; done;"
                        + " exec sleep 60");
        await(maker, "ls /opt/py/sh-py");
        Thread.sleep(500);
        say("docker", "commit", "--change", "USER root", "--change", "ENV PYTHONHOME=/usr", maker, IMAGE);
        remove(maker);
    }

    private void await(String container, String command) throws Exception {
        for (int i = 0; i < 100; i++) {
            if (succeeds("docker", "exec", container, "/bin/sh", "-c", command)) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IOException(container + " did not become ready");
    }

    @Override
    public String start(String kind, Path folder) throws Exception {
        List<String> options = new ArrayList<>(
                List.of("--tmpfs", "/dev/shm:rw,exec", "--volume", folder + ":/stage:ro", "--env", "FAKE=/opt/fake"));
        options.addAll(KINDS.getOrDefault(kind, List.of()));
        options.addAll(List.of("--network", kind.equals("net") ? walledNetwork() : "none"));
        return start(kind, options);
    }

    /** Starts a container that sleeps; gives its name. */
    String start(String name, List<String> options) throws Exception {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--entrypoint", "/bin/sleep"));
        return run(PREFIX + name, all, IMAGE, "600");
    }

    /** A network whose containers reach each other and this machine, and nobody else; gives its name. */
    String walledNetwork() throws Exception {
        if (!isWalled) {
            removeWall();
            say("docker", "network", "create", "--opt", "com.docker.network.bridge.name=" + BRIDGE, NETWORK);
            say(iptables("-I"));
            isWalled = true;
        }
        return NETWORK;
    }

    private static void removeWall() throws InterruptedException {
        succeeds("docker", "network", "rm", NETWORK);
        succeeds(iptables("-D"));
    }

    private static String[] iptables(String command) {
        List<String> words = new ArrayList<>(List.of("iptables", command));
        words.addAll(WALL);
        return words.toArray(String[]::new);
    }

    /** Starts a container of an image; gives its name. */
    String run(String name, List<String> options, String image, String... command) throws Exception {
        succeeds("docker", "rm", "--force", name);
        containers.add(name);
        List<String> words = new ArrayList<>(List.of("docker", "run", "--detach", "--name", name));
        words.addAll(options);
        words.add(image);
        words.addAll(List.of(command));
        say(words.toArray(String[]::new));
        return name;
    }

    /** The whole id of a container. */
    String id(String name) throws Exception {
        return say("docker", "inspect", "--format", "{{.Id}}", name).strip();
    }

    @Override
    public void exec(String name, boolean isTerminal, String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of("docker", "exec"));
        if (isTerminal) {
            words.add("--tty");
        }
        words.add(name);
        words.addAll(List.of(command));
        succeeds(words.toArray(String[]::new));
    }

    @Override
    public void remove(String name) throws InterruptedException {
        succeeds("docker", "rm", "--force", name);
        containers.remove(name);
    }

    static boolean succeeds(String... words) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
        } catch (IOException absent) {
            return false;
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    /** What a program prints that must succeed. */
    static String say(String... words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + ": " + text);
        }
        return text;
    }

    @Override
    public void close() {
        for (String name : List.copyOf(containers)) {
            try {
                remove(name);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            if (isWalled) {
                removeWall();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
