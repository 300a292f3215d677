package dev.holdfast.sensor.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that stand for control groups, and files as engines write them. */
class ContainersTest {
    private static final String ID = "3ad7b26ded6d8e7b23da7d48fe889434573036c27ae5a74837233de441c3601e";
    private static final long LONGEST = Duration.ofSeconds(20).toNanos();

    @TempDir
    Path root;

    private Path groups = Path.of("");
    private final Set<Long> hosts = new TreeSet<>();

    @BeforeEach
    void makeTheRoot() throws IOException {
        groups = Files.createDirectory(root.resolve("cgroup"));
    }

    private long group(String path) throws IOException {
        Path folder = Files.createDirectories(groups.resolve(path));
        return ((Number) Files.getAttribute(folder, "unix:ino", LinkOption.NOFOLLOW_LINKS)).longValue();
    }

    private Containers start(Duration patience) {
        Containers containers = new Containers(new CgroupTree(groups), new ContainerFinder(root), patience);
        containers.start();
        return containers;
    }

    private void runBy(String engine, String id) throws IOException {
        Path bundle = Files.createDirectories(root.resolve("bundles").resolve(id));
        Files.writeString(bundle.resolve("config.json"), "{\"ociVersion\":\"1.0.2\"}");
        Path state = Files.createDirectories(root.resolve("run").resolve(engine).resolve(id));
        Files.writeString(state.resolve("state.json"), "{\"config\":{\"labels\":[\"bundle=" + bundle + "\"]}}");
    }

    private void look(Containers containers) {
        OptionalLong next = containers.nextHost();
        while (next.isPresent()) {
            assertThat(hosts.add(next.getAsLong())).as("each is told once").isTrue();
            next = containers.nextHost();
        }
    }

    private void await(Containers containers, BooleanSupplier isSo) throws InterruptedException {
        long end = System.nanoTime() + LONGEST;
        while (!isSo.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(5);
            look(containers);
        }
        assertThat(isSo.getAsBoolean()).isTrue();
    }

    @Test
    void theRootIsTheHostsAtOnce() throws Exception {
        group("system.slice/cron.service");
        try (Containers containers = start(Containers.PATIENCE)) {
            look(containers);
            assertThat(hosts).containsExactly(group(""));
        }
    }

    @Test
    void whatIsNobodysContainerIsTheHostsAfterAWhile() throws Exception {
        long slice = group("system.slice");
        long cron = group("system.slice/cron.service");
        long docker = group("system.slice/docker-" + ID + ".scope");
        long inside = group("system.slice/docker-" + ID + ".scope/init");
        try (Containers containers = start(Duration.ofMillis(200))) {
            long made = group("user.slice/session-1.scope");
            containers.made(made, "/user.slice/session-1.scope");
            long child = group("system.slice/docker-" + ID + ".scope/later");
            containers.made(child, "/system.slice/docker-" + ID + ".scope/later");
            await(containers, () -> hosts.containsAll(Set.of(slice, cron, made)));
            await(containers, () -> containers.of(child).identity() instanceof Identity.Unknown);
            Thread.sleep(300);
            look(containers);
            assertThat(hosts).doesNotContain(docker, inside, child).hasSize(4);
        }
    }

    /** As when a runtime on a busy machine writes its state long after the container's group was made, under a name that a person chose. */
    @Test
    void aGroupThatTurnsOutToBeAContainersIsNotTheHosts() throws Exception {
        try (Containers containers = start(Duration.ofMillis(500))) {
            long late = group("jobs/import");
            containers.made(late, "/jobs/import");
            long child = group("jobs/import/worker");
            containers.made(child, "/jobs/import/worker");
            await(containers, () -> containers.of(child).identity() == Identity.HOST);
            assertThat(containers.of(late).identity()).isEqualTo(Identity.HOST);
            runBy("runc", "import");
            await(containers, () -> containers.of(child).identity() instanceof Identity.Known);
            assertThat(containers.of(late).identity()).isInstanceOf(Identity.Known.class);
            Thread.sleep(100);
            look(containers);
            assertThat(hosts).containsExactly(group(""));
        }
    }

    /** Its name is in its path: rules about containers need not wait until its engine has told the rest. */
    @Test
    void aContainerThatIsBeingAskedAboutIsOneAlready() throws Exception {
        try (Containers containers = new Containers(new CgroupTree(groups), new ContainerFinder(root))) {
            containers.made(7, "/system.slice/docker-" + ID + ".scope"); // nobody answers: it was not started
            assertThat(containers.of(7).isPending()).isTrue();
            Identity now = containers.of(7).asFarAsKnown();
            assertThat(now).isEqualTo(new Identity.Unknown(ID, Container.Engine.DOCKER));
            assertThat(containers.of(7).asFarAsKnown()).isSameAs(now);
            containers.made(8, "/jobs/import");
            assertThat(containers.of(8).asFarAsKnown()).isEqualTo(Identity.PENDING);
        }
    }

    @Test
    void aGroupThatHasEndedIsNotTold() throws Exception {
        try (Containers containers = start(Duration.ofMillis(150))) {
            long brief = group("user.slice/brief.scope");
            containers.made(brief, "/user.slice/brief.scope");
            long other = group("user.slice/other.scope");
            containers.made(other, "/user.slice/other.scope");
            containers.ended(brief);
            await(containers, () -> hosts.contains(other));
            assertThat(hosts).doesNotContain(brief);
        }
    }

    /** Its folder may lie where we do not look, such as above our own root: then nobody knows what it is. */
    @Test
    void aGroupThatIsNowhereIsNotCertainlyTheHosts() throws Exception {
        try (Containers containers = start(Duration.ofMillis(100))) {
            long nowhere = Long.MAX_VALUE;
            await(containers, () -> containers.of(nowhere).identity() == Identity.HOST);
            Thread.sleep(250);
            look(containers);
            assertThat(hosts).containsExactly(group(""));
            assertThat(CgroupName.certain("/")).isEqualTo(Optional.empty());
        }
    }

    private void docker(String id, String name) throws IOException {
        Path folder = Files.createDirectories(
                root.resolve("var/lib/docker/containers").resolve(id));
        Path written = Files.writeString(
                folder.resolve("new"), "{\"ID\":\"" + id + "\",\"Name\":\"/" + name + "\",\"Config\":{}}");
        Files.move(written, folder.resolve("config.v2.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String name(Containers containers, long group) {
        return containers.of(group).identity() instanceof Identity.Known(Container known)
                ? known.name().orElse("")
                : "";
    }

    @Test
    void anotherNameIsSeenWhileTheContainerRuns() throws Exception {
        docker(ID, "first");
        long running = group("docker/" + ID);
        try (Containers containers = start(Containers.PATIENCE)) {
            assertThat(name(containers, running)).isEqualTo("first");
            docker(ID, "second");
            await(containers, () -> name(containers, running).equals("second"));
            assertThat(containers.running()).hasSize(1);
        }
    }

    private void podman(String name) throws IOException {
        Path folder = Files.createDirectories(root.resolve("var/lib/containers/storage/overlay-containers"));
        Path bundle = Files.createDirectories(folder.resolve(ID).resolve("userdata"));
        Files.writeString(bundle.resolve("config.json"), "{\"ociVersion\":\"1.0.2\"}");
        Path written = Files.writeString(
                folder.resolve("new"),
                "[{\"id\":\"" + "e".repeat(64) + "\",\"names\":[\"other\"]},{\"id\":\"" + ID + "\",\"names\":[\"" + name
                        + "\"],\"metadata\":\"{\\\"name\\\":\\\"first\\\",\\\"image-name\\\":\\\"shop:1\\\"}\"}]");
        Files.move(written, folder.resolve("containers.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void anotherNameThatPodmanGivesIsSeenWhileTheContainerRuns() throws Exception {
        podman("first");
        long running = group("libpod_parent/libpod-" + ID);
        try (Containers containers = start(Containers.PATIENCE)) {
            assertThat(name(containers, running)).isEqualTo("first");
            podman("second");
            await(containers, () -> name(containers, running).equals("second"));
            assertThat(containers.running()).extracting(Container::image).containsExactly(Optional.of("shop:1"));
        }
    }

    /** A container that may make groups calls one like somebody else, who would be blamed, and stopped, in its place. */
    @Test
    void aContainerCannotPassForAnotherOne() throws Exception {
        String victim = "f".repeat(64);
        docker(ID, "evil");
        docker(victim, "victim");
        runBy("runc", "import");
        group("docker/" + ID);
        try (Containers containers = start(Containers.PATIENCE)) {
            for (String path :
                    List.of("docker/" + victim, "libpod-" + victim, "import", "docker-" + victim + ".scope")) {
                String below = "/docker/" + ID + "/" + path;
                long posing = group(below.substring(1));
                containers.made(posing, below);
                await(containers, () -> !containers.of(posing).isPending());
                assertThat(name(containers, posing)).as(path).isEqualTo("evil");
            }
            long claimed = group("docker/" + ID + "/x");
            containers.made(claimed, "/docker/" + ID + "/x", new RuntimeCall(victim, root.resolve("bundles/import")));
            await(containers, () -> !containers.of(claimed).isPending());
            assertThat(name(containers, claimed)).isEqualTo("evil");
        }
    }
}
