package dev.holdfast.sensor.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.sensor.container.Container.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Engines that keep what they know elsewhere than usual, and containers that were there before us: files, processes and groups as Docker 28.2,
 * containerd 1.6, Podman 4.3 and runc 1.1 left them.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "links stand for those of /proc")
class MovedEnginesTest {
    private static final String ID = "d0ac0c27942cd0ebd5c94be9e86e894d0d5e5b84ff5b3c60e3870f949383c8a0";
    private static final String OTHER = "1142c2cd22a30e9366fd7f4b5fa0164303b2a4ba8e6b6847385ed811dcedc14f";
    private static final String SHIM = "/usr/bin/containerd-shim-runc-v2";
    private static final String TASKS = "/exec/containerd/daemon/io.containerd.runtime.v2.task/moby/";

    @TempDir
    Path root;

    private Processes machine;

    @BeforeEach
    void aMachine() throws IOException {
        machine = new Processes(root);
    }

    private void container(String group, String folder, String... monitor) throws IOException {
        machine.run(200, 1, "/", folder.replace("ROOT", root.toString()), Processes.MACHINE, monitor);
        machine.run(201, 200, group, "/", Processes.CONTAINER, "sleep", "100000");
    }

    private void docker(String data) throws IOException {
        machine.write(
                "moved" + TASKS + ID + "/config.json",
                "{\"ociVersion\":\"1.2.0\",\"root\":{\"path\":\"ROOT" + data
                        + "/overlay2/6c2a/merged\"},\"mounts\":[]}");
        machine.write(
                data.substring(1) + "/containers/" + ID + "/config.v2.json",
                "{\"ID\":\"" + ID
                        + "\",\"Name\":\"/web\",\"Image\":\"sha256:6cbcf3175144\",\"Config\":{\"Image\":\"6cbc\"}}");
    }

    @Test
    void dockerWithOtherFoldersIsFoundBesideTheContainer() throws Exception {
        docker("/moved/data");
        container("/docker/" + ID, "ROOT/moved" + TASKS + ID, SHIM, "-namespace", "moby", "-id", ID);
        Container found = machine.find("/docker/" + ID).orElseThrow();
        assertThat(found.name()).hasValue("web");
        assertThat(found.engine()).isEqualTo(Engine.DOCKER);
        assertThat(found.kept()).hasValue(root.resolve("moved/data/containers").resolve(ID));
        assertThat(found.repository()).as("an id is no name").isEmpty();
    }

    @Test
    void dockerWithUsersOfItsOwnIsFound() throws Exception {
        docker("/moved/data/100000.100000");
        container("/own/deep/" + ID, "ROOT/moved" + TASKS + ID, SHIM, "-namespace", "moby", "-id", ID);
        assertThat(machine.find("/own/deep/" + ID).flatMap(Container::name)).hasValue("web");
    }

    @Test
    void aContainerOfDockerWhoseFilesAreGoneIsStillDockers() throws Exception {
        machine.write("moved" + TASKS + ID + "/config.json", "{\"ociVersion\":\"1.2.0\"}");
        container("/own/" + ID, "ROOT/moved" + TASKS + ID, SHIM, "-namespace", "moby", "-id", ID);
        assertThat(machine.find("/own/" + ID).map(Container::engine)).hasValue(Engine.DOCKER);
    }

    /** The containers of a pod have one monitor, which works in the folder of the first. */
    @Test
    void theMonitorOfAPodTellsAboutEachOfItsContainers() throws Exception {
        String tasks = "state/io.containerd.runtime.v2.task/k8s.io/";
        machine.write(tasks + ID + "/config.json", "{\"ociVersion\":\"1.1.0\"}");
        machine.write(
                tasks + OTHER + "/config.json",
                "{\"ociVersion\":\"1.1.0\",\"annotations\":{\"io.kubernetes.cri.container-name\":\"app\"}}");
        container("/kubepods/pod1/" + OTHER, "ROOT/" + tasks + ID, SHIM, "-namespace", "k8s.io", "-id", ID);
        Container found = machine.find("/kubepods/pod1/" + OTHER).orElseThrow();
        assertThat(found.name()).hasValue("app");
        assertThat(found.engine()).isEqualTo(Engine.CONTAINERD);
    }

    private void podman(String driver) throws IOException {
        String storage = "moved/root/" + driver;
        machine.write(storage + "-containers/" + ID + "/userdata/config.json", """
                {"ociVersion":"1.0.2","annotations":{"io.container.manager":"libpod","io.kubernetes.cri-o.TTY":"false"},
                 "linux":{"cgroupsPath":"/libpod_parent/libpod-ID"}}""".replace("ID", ID));
        machine.write(storage + "-containers/containers.json", """
                [{"id":"ID","names":["renamed"],"image":"74a0",
                  "metadata":"{\\"image-name\\":\\"localhost/who:1\\",\\"name\\":\\"first\\"}"}]""".replace("ID", ID));
        machine.write(storage + "-images/images.json", "[{\"id\":\"74a0\",\"digest\":\"sha256:6b62\"}]");
    }

    @Test
    void podmanWithAnotherStorageAndDriverIsFound() throws Exception {
        podman("vfs");
        String bundle = root + "/moved/root/vfs-containers/" + ID + "/userdata";
        container("/libpod_parent/libpod-" + ID, "/", "/usr/bin/conmon", "-c", ID, "-u", ID, "-b", bundle);
        Container found = machine.find("/libpod_parent/libpod-" + ID).orElseThrow();
        assertThat(found.name()).as("metadata are of the first name").hasValue("renamed");
        assertThat(found.image()).hasValue("localhost/who:1");
        assertThat(found.digest()).hasValue("sha256:6b62");
        assertThat(found.engine()).isEqualTo(Engine.PODMAN);
    }

    /** Podman's annotations are partly CRI-O's. */
    @Test
    void podmanInAGroupOfAnyNameIsNotTakenForCriO() throws Exception {
        podman("overlay");
        Files.writeString(
                root.resolve("moved/root/overlay-containers/" + ID + "/userdata/config.json"),
                "{\"ociVersion\":\"1.0.2\",\"annotations\":{\"io.container.manager\":\"libpod\",\"io.kubernetes.cri-o.TTY\":\"false\"}}");
        String bundle = root + "/moved/root/overlay-containers/" + ID + "/userdata";
        container("/own/" + ID, "/", "/usr/bin/conmon", "-c", ID, "-b", bundle);
        assertThat(machine.find("/own/" + ID).map(Container::engine)).hasValue(Engine.PODMAN);
    }

    /** Of a user: what it calls by a path lies where its mounts say. */
    @Test
    void anEngineWithMountsOfItsOwnIsReadThroughThem() throws Exception {
        String storage = "hidden/storage/overlay-containers";
        machine.write(storage + "/" + ID + "/userdata/config.json", "{\"ociVersion\":\"1.0.2\"}");
        machine.write(storage + "/containers.json", "[{\"id\":\"" + ID + "\",\"names\":[\"mine\"]}]");
        machine.run(
                200, 1, "/", "/", "[77]", "/usr/bin/conmon", "-c", ID, "-b", "/" + storage + "/" + ID + "/userdata");
        machine.run(201, 200, "/user.slice/libpod-" + ID + ".scope", "/", Processes.CONTAINER, "sh");
        assertThat(machine.find("/user.slice/libpod-" + ID + ".scope").flatMap(Container::name))
                .hasValue("mine");
    }

    @Test
    void runcInTheForegroundTellsItsBundle() throws Exception {
        machine.write("srv/job/config.json", "{\"ociVersion\":\"1.0.2\"}");
        container("/job", "ROOT/srv/job", "runc", "--root", "/elsewhere", "run", "job");
        assertThat(machine.find("/job").map(Container::id)).hasValue("job");
        assertThat(machine.find("/other")).isEmpty();
    }

    /** What processes of the container call themselves, and where they work, is up to them. */
    @Test
    void aProcessInsideThatPoseAsMonitorIsPassedOver() throws Exception {
        machine.write(
                "shared/config.json",
                "{\"ociVersion\":\"1.0.2\",\"annotations\":{\"io.kubernetes.pod.namespace\":\"kube-system\"}}");
        String group = "/docker/" + ID;
        machine.run(200, 1, "/", "/", Processes.MACHINE, SHIM, "-id", ID);
        machine.run(201, 200, group, root + "/shared", Processes.CONTAINER, "conmon", "-c", ID, "-b", root + "/shared");
        machine.run(202, 201, group, "/", Processes.CONTAINER, "sh");
        assertThat(machine.find(group)).isEmpty();
    }

    /** A user who was given groups of his own calls one like a container of root's. */
    @Test
    void aGroupOfAUserIsNotToldByFilesOfRoot() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "only root may give folders away");
        docker("/var/lib/docker");
        machine.run(300, 1, "/user.slice/docker-" + ID + ".scope", "/", Processes.MACHINE, "sh");
        assertThat(machine.find("/user.slice/docker-" + ID + ".scope")).isPresent();
        Files.setAttribute(root.resolve("cgroup/user.slice"), "unix:uid", 1000);
        assertThat(machine.find("/user.slice/docker-" + ID + ".scope")).isEmpty();
    }

    @Test
    void aNameThatAnotherGroupHasIsNotTaken() throws Exception {
        machine.write("run/runc/job/state.json", "{\"config\":{\"labels\":[\"bundle=ROOT/srv/job\"]}}");
        machine.write("srv/job/config.json", "{\"ociVersion\":\"1.0.2\",\"linux\":{\"cgroupsPath\":\"/jobs/job\"}}");
        assertThat(machine.find("/jobs/job")).isPresent();
        assertThat(machine.find("/user.slice/job")).isEmpty();
    }

    /** The pod's own network is the machine's: the path that a bundle has for it does not say so. */
    @Test
    void aNamespaceThatIsJoinedMayBeTheMachines() throws Exception {
        Path spaces = root.resolve("proc/1/ns");
        Files.writeString(spaces.resolve("net"), "");
        Files.createSymbolicLink(root.resolve("joined"), spaces.resolve("net"));
        Files.writeString(root.resolve("own"), "");
        String tasks = "run/containerd/io.containerd.runtime.v2.task/k8s.io/";
        for (String each : new String[] {"joined", "own"}) {
            machine.write(
                    tasks + ID + "/config.json",
                    "{\"ociVersion\":\"1.1.0\",\"linux\":{\"namespaces\":[{\"type\":\"network\",\"path\":\"ROOT/" + each
                            + "\"}]}}");
            assertThat(machine.find("/kubepods/pod1/" + ID).orElseThrow().host().network())
                    .as(each)
                    .isEqualTo(each.equals("joined"));
        }
    }

    @Test
    void aContainerOfDockerThatJoinsOneInTheHostsNetworkIsInIt() throws Exception {
        String containers = "var/lib/docker/containers/";
        machine.write(containers + ID + "/config.v2.json", "{\"ID\":\"" + ID + "\",\"Name\":\"/web\"}");
        machine.write(
                containers + ID + "/hostconfig.json",
                "{\"NetworkMode\":\"container:" + OTHER + "\",\"PidMode\":\"container:../" + OTHER + "\"}");
        machine.write(containers + OTHER + "/hostconfig.json", "{\"NetworkMode\":\"host\",\"PidMode\":\"host\"}");
        Container found = machine.find("/docker/" + ID).orElseThrow();
        assertThat(found.host().network()).isTrue();
        assertThat(found.host().pid()).isFalse();
        machine.write(containers + OTHER + "/hostconfig.json", "{\"NetworkMode\":\"container:" + OTHER + "\"}");
        assertThat(machine.find("/docker/" + ID).orElseThrow().host().network()).isFalse();
    }

    @Test
    void whatNoEngineTellsAboutIsUnknownWhereAllOfItIsApart() throws Exception {
        ContainerFinder finder = new ContainerFinder(root);
        CgroupTree tree = new CgroupTree(root.resolve("cgroup"));
        machine.run(400, 1, "/job", "/", Processes.CONTAINER, "sh");
        String payload = "/machine.slice/systemd-nspawn@web.service/payload/init.scope";
        machine.run(401, 1, payload, "/", Processes.CONTAINER, "init");
        machine.run(402, 1, "/session", "/", Processes.MACHINE, "sh");
        machine.run(403, 402, "/session", "/", Processes.CONTAINER, "sandboxed");
        assertThat(finder.stranger(tree.group("/job"))).hasValue(new Identity.Unknown("job", Engine.OCI));
        assertThat(finder.stranger(tree.group(payload))).hasValue(new Identity.Unknown("web", Engine.OCI));
        assertThat(finder.stranger(tree.group("/session"))).isEmpty();
        assertThat(finder.stranger(tree.group("/nowhere"))).isEmpty();
        assertThat(finder.stranger(tree.group("/machine.slice")))
                .as("has processes below only")
                .isEmpty();
        assertThat(finder.stranger(tree.group("/"))).isEqualTo(Optional.empty());
    }

    /** Groups of an engine hold nobody but strangers, and are none themselves. */
    @Test
    void theGroupOfAllContainersOfAnEngineIsNoContainer() throws Exception {
        machine.write("run/runc/job/state.json", "{\"config\":{\"labels\":[\"bundle=ROOT/srv/job\"]}}");
        machine.write("srv/job/config.json", "{\"ociVersion\":\"1.0.2\"}");
        machine.run(500, 1, "/default/job", "/", Processes.CONTAINER, "sh");
        machine.run(501, 1, "/default/other", "/", Processes.CONTAINER, "sh");
        assertThat(ContainerGroups.in(new CgroupTree(root.resolve("cgroup")), new ContainerFinder(root)))
                .extracting(ContainerGroups.Group::path)
                .containsExactlyInAnyOrder("/default/job", "/default/other");
    }
}
