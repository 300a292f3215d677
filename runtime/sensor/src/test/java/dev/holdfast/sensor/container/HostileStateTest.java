package dev.holdfast.sensor.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files of engines that somebody made to hurt who reads them, or to hide from him. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "pipes and links are those of Linux")
class HostileStateTest {
    private static final String ID = "d0ac0c27942cd0ebd5c94be9e86e894d0d5e5b84ff5b3c60e3870f949383c8a0";
    private static final String CONTAINER = "var/lib/docker/containers/" + ID;

    @TempDir
    Path root;

    private Processes machine;

    @BeforeEach
    void aMachine() throws IOException {
        machine = new Processes(root);
    }

    private Optional<Container> docker(String labels) throws IOException {
        machine.write(
                CONTAINER + "/config.v2.json",
                "{\"ID\":\"" + ID + "\",\"Name\":\"/web\",\"Config\":{\"Labels\":{" + labels
                        + "},\"Image\":\"shop:1\"}}");
        return machine.find("/docker/" + ID);
    }

    /** An image whose labels are as many as one likes must not make its containers nameless: they would never be answered. */
    @Test
    void anImageWithMoreLabelsThanAreReadHidesNoContainer() throws Exception {
        StringBuilder labels = new StringBuilder("\"x\":\"y\"");
        for (int i = 0; labels.length() < 5 << 20; i++) {
            labels.append(",\"a").append(i).append("\":\"\"");
        }
        Container found = docker(labels.toString()).orElseThrow();
        assertThat(found.name()).hasValue("web");
        assertThat(found.image()).hasValue("shop:1");
        assertThat(found.labels()).isEmpty();
    }

    @Test
    void aLabelWithAVeryLongNameHidesNoContainer() throws Exception {
        Container found =
                docker("\"" + "n".repeat(100_000) + "\":\"\\u001b[2J\"").orElseThrow();
        assertThat(found.name()).hasValue("web");
        assertThat(found.labels()).hasSize(1).containsValue("\u001b[2J");
    }

    @Test
    void aFileThatIsLargerThanAnyEngineWritesIsNotRead() throws Exception {
        assertThat(docker("\"x\":\"" + "y".repeat(17 << 20) + "\"")).isEmpty();
    }

    @Test
    void whatIsNoFileIsNotOpened() throws Exception {
        Path config = root.resolve(CONTAINER).resolve("config.v2.json");
        Files.createDirectories(config.getParent());
        assertThat(new ProcessBuilder("mkfifo", config.toString()).start().waitFor())
                .isZero();
        assertThat(machine.find("/docker/" + ID)).isEmpty();
        Files.delete(config);
        Files.createSymbolicLink(config, config);
        assertThat(machine.find("/docker/" + ID)).isEmpty();
    }

    @Test
    void aFileThatIsBeingWrittenIsReadTheNextTime() throws Exception {
        machine.write(CONTAINER + "/config.v2.json", "{\"ID\":\"" + ID + "\",\"Name\":\"/we");
        assertThat(machine.find("/docker/" + ID)).isEmpty();
        assertThat(docker("")).isPresent();
    }

    /** The id stands in the arguments of any process that makes a group. */
    @Test
    void anIdThatIsAPathIsNone() {
        for (String id : List.of("../../etc", "/etc", "..", ".", "a/b", "a\nb", "\u00fc", "x".repeat(2_000))) {
            assertThat(RuntimeCall.of(List.of("runc", "run", id), "/")).as(id).isEmpty();
        }
    }

    @Test
    void processesThatTellNonsenseAreNoMonitors() throws Exception {
        String group = "/docker/" + ID;
        machine.run(200, 1, "/", "/", Processes.MACHINE, "conmon", "-c", ID, "-b");
        machine.run(201, 200, group, "/", Processes.CONTAINER, "sh");
        assertThat(machine.find(group)).isEmpty();
        machine.write("proc/200/stat", "200 (sh");
        machine.write("proc/200/cgroup", "nonsense");
        machine.write("proc/200/cmdline", "");
        assertThat(machine.find(group)).isEmpty();
        machine.write("proc/201/stat", "201 (sh) S 201 201 201"); // its own parent
        assertThat(machine.find(group)).isEmpty();
        machine.write("cgroup" + group + "/cgroup.procs", "0\n-1\n99999999999\n../1\n");
        assertThat(machine.find(group)).isEmpty();
    }
}
