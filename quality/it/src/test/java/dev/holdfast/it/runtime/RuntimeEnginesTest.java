package dev.holdfast.it.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.rules.ShippedRules;
import dev.holdfast.watch.alert.Alert;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose container it was, beside Docker: each engine keeps what it knows in files of its own, and they are read as it wrote them. */
class RuntimeEnginesTest {
    private static final Path SOCKET = Path.of("/run/docker/containerd/containerd.sock");
    private static final String NAMESPACE = "holdfast-it";
    private static final String NAME = "holdfast-it-shop";

    /** Some kernels do not let the usual limits be raised. */
    private static final List<String> LIMITS = List.of("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096");

    private static final String IMAGE = "localhost/alpine-old:1";

    /** It stays for a moment, so that its engine's files are there to be read on a busy machine. */
    private static final String READ = "cat /etc/shadow && sleep 2";

    private static final String POD = "holdfast-it-pod";

    private static final String LABELS_RULE = """
            - rule: Labels told
              desc: what the sensor knows of a container
              condition: evt.type in (open, openat, openat2) and fd.name = /etc/shadow and container.id != host
              output: "name=%container.name labels=%container.labels"
              priority: NOTICE
            """;

    @TempDir
    Path folder;

    private static final Path ARCHIVE =
            Path.of(System.getProperty("holdfast.images", "absent"), "alpine-old.docker.tar");

    @BeforeEach
    void needsTheKernelAndAnImage() {
        LiveWatch.need();
        assumeTrue(Files.exists(ARCHIVE), "the image alpine-old is not here");
    }

    @AfterEach
    void removeWhatWasMade() throws Exception {
        containerd("task", "kill", "--signal", "SIGKILL", NAME);
        containerd("container", "rm", NAME);
        containerd("image", "rm", IMAGE);
        containerd("namespace", "rm", NAMESPACE);
        Engine.succeeds("podman", "rm", "--force", NAME);
        Engine.succeeds("podman", "pod", "rm", "--force", POD);
        Engine.succeeds("podman", "rmi", "--force", IMAGE);
    }

    private static boolean containerd(String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("ctr", "--address", SOCKET.toString(), "--namespace", NAMESPACE));
        command.addAll(List.of(words));
        return Engine.succeeds(command.toArray(String[]::new));
    }

    private static Alert readingOfHashesIn(LiveWatch watch) throws Exception {
        return watch.await(
                alert -> alert.rule().equals("Password hashes read")
                        && alert.subject().fact("container.name").equals(NAME),
                "Password hashes read in " + NAME);
    }

    @Test
    void namesTheContainerAndTheImageOfContainerd() throws Exception {
        assumeTrue(Files.exists(SOCKET), "Docker runs no containerd of its own here");
        assumeTrue(containerd("image", "import", ARCHIVE.toString()), "containerd does not take the image");
        String digest = Engine.say(
                        "sh",
                        "-c",
                        "ctr --address " + SOCKET + " --namespace " + NAMESPACE + " image ls name==" + IMAGE
                                + " | grep -o 'sha256:[0-9a-f]*'")
                .strip();
        try (LiveWatch watch = LiveWatch.start(List.of(Path.of(ShippedRules.NAME)))) {
            assertThat(containerd("run", "--rm", "--label", "team=shop", IMAGE, NAME, "sh", "-c", READ))
                    .isTrue();
            Alert alert = readingOfHashesIn(watch);
            assertThat(alert.subject().fact("container.type")).isEqualTo("containerd");
            assertThat(alert.subject().fact("container.image")).isEqualTo(IMAGE);
            assertThat(alert.subject().fact("container.image.digest")).isEqualTo(digest);
        }
    }

    @Test
    void namesTheContainerAndTheImageOfPodman() throws Exception {
        assumeTrue(Engine.succeeds("podman", "version"), "Podman is not here");
        assumeTrue(Engine.succeeds("podman", "load", "--input", ARCHIVE.toString()), "Podman does not take the image");
        List<String> command = new ArrayList<>(
                List.of("podman", "--runtime", "runc", "run", "--rm", "--network", "none", "--name", NAME));
        command.addAll(LIMITS);
        command.addAll(List.of("--entrypoint", "sh", IMAGE, "-c", READ));
        String digest = Engine.say("podman", "image", "inspect", "--format", "{{.Digest}}", IMAGE)
                .strip();
        try (LiveWatch watch = LiveWatch.start(List.of(Path.of(ShippedRules.NAME)))) {
            assertThat(Engine.succeeds(command.toArray(String[]::new))).isTrue();
            Alert alert = readingOfHashesIn(watch);
            assertThat(alert.subject().fact("container.type")).isEqualTo("podman");
            assertThat(alert.subject().fact("container.image")).isEqualTo(IMAGE);
            assertThat(alert.subject().fact("container.image.digest")).isEqualTo(digest);
        }
    }

    @Test
    void tellsLabelsAndThePodOfPodman() throws Exception {
        assumeTrue(Engine.succeeds("podman", "version"), "Podman is not here");
        assumeTrue(Engine.succeeds("podman", "load", "--input", ARCHIVE.toString()), "Podman does not take the image");
        assertThat(Engine.succeeds("podman", "pod", "create", "--name", POD, "--infra=false"))
                .isTrue();
        List<String> command =
                new ArrayList<>(List.of("podman", "--runtime", "runc", "run", "--network", "none", "--name", NAME));
        command.addAll(LIMITS);
        command.addAll(List.of("--pod", POD, "--label", "team=shop", "--entrypoint", "sh", IMAGE, "-c", READ));
        Path rules = Files.writeString(folder.resolve("labels.yaml"), LABELS_RULE);
        try (LiveWatch watch = LiveWatch.start(List.of(rules))) {
            assertThat(Engine.succeeds(command.toArray(String[]::new))).isTrue();
            Alert alert = watch.await(each -> each.text().contains("name=" + NAME), "labels of " + NAME);
            assertThat(alert.text()).contains("team:shop", "io.kubernetes.cri-o.SandboxName:" + POD);
        }
    }
}
