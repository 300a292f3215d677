package dev.holdfast.sensor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.database.bolt.BoltWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Labels and pods, in databases with the buckets that Podman 4.3 wrote. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "links stand for those of /proc")
class PodmanDatabaseTest {
    private static final String ID = "b2721cdd11f9ea70bd2d8f1bb88b5cdac0db4a738eccce4bf251ec2734ef9ca4";
    private static final String POD = "9230ed4497885112fbd46d7c0ba04adbf9cd255e74def64242a7c8922fe1e5cb";
    private static final String STORAGE = "var/lib/containers/storage";
    private static final String CONFIG = "\"name\":\"web\",\"labels\":{\"team\":\"shop\",\"only\":\"image\"}";

    @TempDir
    Path root;

    private Processes machine;

    @BeforeEach
    void aContainer() throws IOException {
        machine = new Processes(root);
        machine.write(STORAGE + "/overlay-containers/" + ID + "/userdata/config.json", """
                {"ociVersion":"1.0.2","annotations":{"io.container.manager":"libpod","team":"annotated","own.note":"x"}}""");
        machine.write(STORAGE + "/overlay-containers/containers.json", "[{\"id\":\"" + ID + "\",\"names\":[\"web\"]}]");
    }

    private Path bolt() {
        return root.resolve(STORAGE).resolve("libpod/bolt_state.db");
    }

    private void bolt(String config) throws IOException {
        Map<String, Object> container = new TreeMap<>(Map.of("config", config, "state", "{\"state\":3}"));
        BoltWriter.write(
                bolt(),
                new TreeMap<>(Map.of(
                        "ctr",
                        new TreeMap<>(Map.of(ID, container)),
                        "id-registry",
                        new TreeMap<>(Map.of(ID, "web", POD, "shop")))));
    }

    private Container found() {
        return machine.find("/libpod_parent/libpod-" + ID).orElseThrow();
    }

    @Test
    void labelsAreTheDatabasesOverAnnotations() throws Exception {
        bolt("{" + CONFIG + "}");
        assertThat(found().labels())
                .containsEntry("team", "shop")
                .containsEntry("only", "image")
                .containsEntry("own.note", "x")
                .doesNotContainKey("io.kubernetes.cri-o.SandboxName");
        assertThat(found().pod()).as("of Kubernetes").isEmpty();
    }

    @Test
    void theNameOfThePodStandsAmongTheLabels() throws Exception {
        bolt("{" + CONFIG + ",\"pod\":\"" + POD + "\"}");
        assertThat(found().labels()).containsEntry("io.kubernetes.cri-o.SandboxName", "shop");
        bolt("{\"labels\":{\"io.kubernetes.cri-o.SandboxName\":\"other\"},\"pod\":\"" + POD + "\"}");
        assertThat(found().labels())
                .as("a label does not pose as it")
                .containsEntry("io.kubernetes.cri-o.SandboxName", "shop");
    }

    private void assertSilent() {
        assertThat(found().name()).hasValue("web");
        assertThat(found().labels()).containsEntry("team", "annotated").doesNotContainKey("only");
    }

    @Test
    void aDatabaseThatTellsNothingHidesNoContainer() throws Exception {
        assertSilent();
        bolt("{" + CONFIG);
        assertSilent();
        bolt("{" + CONFIG + "}");
        byte[] whole = Files.readAllBytes(bolt());
        for (int length : new int[] {0, 100, BoltWriter.PAGE, 3 * BoltWriter.PAGE, whole.length - 1}) {
            Files.write(bolt(), Arrays.copyOf(whole, length));
            assertSilent();
        }
        Files.write(bolt(), whole);
        assertThat(found().labels()).containsEntry("only", "image");
    }

    @Test
    void whatIsNoFileIsNotOpened() throws Exception {
        Files.createDirectories(bolt().getParent());
        assertThat(new ProcessBuilder("mkfifo", bolt().toString()).start().waitFor())
                .isZero();
        assertSilent();
        Files.delete(bolt());
        Files.createSymbolicLink(bolt(), bolt());
        assertSilent();
    }

    @Test
    void moreLabelsThanAreReadHideNoContainer() throws Exception {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; labels.length() < 5 << 20; i++) {
            labels.append(",\"a").append(i).append("\":\"\"");
        }
        bolt("{\"pod\":\"" + POD + "\",\"labels\":{\"only\":\"image\"" + labels + "}}");
        assertThat(found().labels()).doesNotContainKey("only").containsEntry("io.kubernetes.cri-o.SandboxName", "shop");
        bolt("{\"labels\":{\"only\":\"" + "y".repeat(17 << 20) + "\"}}");
        assertSilent();
    }

    /** A user's storage may have a link to root's database, or his bundle lie beside it. */
    @Test
    void theDatabaseOfAnotherUserIsNotAsked() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may give files away");
        bolt("{" + CONFIG + "}");
        Files.setAttribute(
                root.resolve(STORAGE + "/overlay-containers/" + ID + "/userdata/config.json"), "unix:uid", 1000);
        assertSilent();
        Files.setAttribute(bolt(), "unix:uid", 1000);
        assertThat(found().labels()).containsEntry("only", "image");
    }
}
