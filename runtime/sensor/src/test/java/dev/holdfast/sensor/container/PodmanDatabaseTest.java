package dev.holdfast.sensor.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.database.bolt.BoltWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Labels and pods, in databases with the buckets that Podman 4.3 wrote, and with the tables of Podman 5. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "links stand for those of /proc")
class PodmanDatabaseTest {
    private static final long SEED = Long.getLong("holdfast.seed", 1);
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

    /** SQLite itself writes it, as Podman has it write: documents are bytes, whatever their column is called. */
    private void sqlite(String journal, String end) throws Exception {
        String python = """
                import os, sqlite3, sys
                db = sqlite3.connect(sys.argv[1])
                db.execute("PRAGMA journal_mode = JOURNAL")
                db.executescript(\"""
                  CREATE TABLE IF NOT EXISTS DBConfig(ID INTEGER PRIMARY KEY NOT NULL, SchemaVersion INTEGER NOT NULL);
                  CREATE TABLE IF NOT EXISTS ContainerConfig(
                    ID TEXT PRIMARY KEY NOT NULL, Name TEXT UNIQUE NOT NULL, PodID TEXT, JSON TEXT NOT NULL);
                  CREATE TABLE IF NOT EXISTS PodConfig(ID TEXT PRIMARY KEY NOT NULL, Name TEXT UNIQUE NOT NULL, JSON TEXT NOT NULL);
                \""")
                for i in range(100):
                    db.execute("INSERT INTO ContainerConfig VALUES (?, ?, NULL, ?)",
                      ("%064x" % i, "other-%d" % i, b'{"labels":{"team":"others"}}' + b" " * 20000))
                    db.execute("INSERT INTO PodConfig VALUES (?, ?, ?)", ("a%063x" % i, "pod-%d" % i, b"{}"))
                db.execute("INSERT INTO PodConfig VALUES (?, ?, ?)", ("POD", "shop", b"{}"))
                db.execute("INSERT INTO ContainerConfig VALUES (?, ?, ?, ?)", ("ID", "web", "POD", b'{CONFIG}' + b" " * 20000))
                db.commit()
                END
                """.replace("JOURNAL", journal)
                .replace("CONFIG", CONFIG)
                .replace("END", end)
                .replace("POD", POD)
                .replace("\"ID\", \"web\"", "\"" + ID + "\", \"web\"");
        Path script = Files.writeString(root.resolve("write.py"), python);
        Process writer;
        try {
            writer = new ProcessBuilder("python3", script.toString(), sqlite().toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException absent) {
            assumeTrue(false, "no python3 here: " + absent.getMessage());
            return;
        }
        String said = new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeFalse(said.contains("ModuleNotFoundError"), "this python3 has no sqlite3");
        assertThat(said).isEmpty();
        assertThat(writer.waitFor()).isZero();
    }

    private Path sqlite() {
        return root.resolve(STORAGE).resolve("db.sql");
    }

    private void assertToldByTables() {
        assertThat(found().labels())
                .containsEntry("team", "shop")
                .containsEntry("only", "image")
                .containsEntry("own.note", "x")
                .containsEntry("io.kubernetes.cri-o.SandboxName", "shop");
    }

    @Test
    void labelsAndPodsAreReadFromTables() throws Exception {
        sqlite("DELETE", "db.close()");
        assertToldByTables();
        byte[] whole = Files.readAllBytes(sqlite());
        for (int length : new int[] {0, 50, 4_096, whole.length / 2}) {
            Files.write(sqlite(), Arrays.copyOf(whole, length));
            assertSilent();
        }
        bolt("{" + CONFIG + "}");
        assertThat(found().labels()).as("an older database tells").containsEntry("only", "image");
    }

    /** Podman 4.5 to 4.7 had SQLite keep a log, which stays when nobody closed the database. */
    @Test
    void labelsThatAreOnlyInTheLogAreRead() throws Exception {
        sqlite("WAL", "os._exit(0)");
        assertThat(Files.size(sqlite())).isLessThan(10_000);
        assertToldByTables();
    }

    /** While a journal is there, pages are of two states. */
    @Test
    void aDatabaseThatIsBeingChangedIsNotBelieved() throws Exception {
        sqlite("DELETE", "db.close()");
        Path journal = sqlite().resolveSibling("db.sql-journal");
        Files.writeString(journal, "hot");
        assertSilent();
        Files.writeString(journal, "");
        assertToldByTables();
    }

    @Test
    void aHugeOrOddDatabaseIsNotRead() throws Exception {
        sqlite("DELETE", "db.close()");
        try (RandomAccessFile huge = new RandomAccessFile(sqlite().toFile(), "rw")) {
            huge.setLength(8L << 30);
        }
        assertSilent();
        Files.delete(sqlite());
        assertThat(new ProcessBuilder("mkfifo", sqlite().toString()).start().waitFor())
                .isZero();
        assertSilent();
    }

    /** Whatever is damaged, the container has its name. */
    @Test
    void damagedTablesHideNoContainer() throws Exception {
        sqlite("DELETE", "db.close()");
        byte[] whole = Files.readAllBytes(sqlite());
        Random random = new Random(SEED);
        for (int run = 0; run < 100; run++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 200; i++) {
                damaged[100 + random.nextInt(whole.length - 100)] = (byte) random.nextInt();
            }
            for (int i = 0; i < 4; i++) {
                damaged[random.nextInt(whole.length / 4_096) * 4_096 + random.nextInt(12)] = (byte) random.nextInt();
            }
            Files.write(sqlite(), damaged);
            assertThat(found().name()).as("seed %s, run %s", SEED, run).hasValue("web");
        }
    }
}
