package dev.holdfast.advisory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.advisory.build.AtomicFile;
import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.InputException.Code;
import dev.holdfast.core.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisoriesTest {
    @TempDir
    Path folder;

    private Path feeds;
    private Path output;

    @BeforeEach
    void feeds() throws IOException {
        feeds = Files.createDirectories(folder.resolve("feeds"));
        output = folder.resolve("facts.hfdb");
    }

    @Test
    void findsFeedsInFoldersArchivesAndArchivesInArchives() throws Exception {
        Files.write(
                Files.createDirectories(feeds.resolve("a/b")).resolve("GO-2024-0001.json"), osv("GO-2024-0001", "one"));
        Files.write(feeds.resolve("all.zip"), zip("GO-2024-0002.json", osv("GO-2024-0002", "two")));
        Files.write(
                feeds.resolve("outer.zip"), zip("inner.zip", zip("x/GO-2024-0003.json", osv("GO-2024-0003", "three"))));
        Files.write(feeds.resolve("GO-2024-0004.json.gz"), gzip(osv("GO-2024-0004", "four")));
        Files.writeString(feeds.resolve("README.md"), "# Feeds\n");
        BuildReport report = Advisories.build(BuildRequest.of(feeds, output));

        assertThat(report.filesRead()).containsExactly(java.util.Map.entry("go-vulndb", 4));
        assertThat(report.unrecognised()).containsExactly("README.md");
        assertThat(report.broken()).isEmpty();
        assertThat(Advisories.verify(output)).isEqualTo(report.digest());
        try (AdvisoryBase base = Advisories.open(output)) {
            for (String name : new String[] {"one", "two", "three", "four"}) {
                assertThat(base.about("golang", "example.org/" + name)).hasSize(1);
            }
        }
    }

    @Test
    void goesOnBehindAFileThatIsBroken() throws Exception {
        Files.write(feeds.resolve("GO-2024-0001.json"), osv("GO-2024-0001", "one"));
        byte[] whole = gzip(osv("GO-2024-0002", "two"));
        Files.write(feeds.resolve("cut.json.gz"), java.util.Arrays.copyOf(whole, whole.length / 2));
        byte[] archive = zip("GO-2024-0003.json", osv("GO-2024-0003", "three"));
        Files.write(feeds.resolve("cut.zip"), java.util.Arrays.copyOf(archive, archive.length / 2));
        BuildReport report = Advisories.build(BuildRequest.of(feeds, output));

        assertThat(report.broken()).containsKey("cut.zip").hasSize(2);
        assertThat(report.filesRead()).containsEntry("go-vulndb", 1);
    }

    @Test
    void looksAwayFromWhatIsExcluded() throws Exception {
        Files.write(feeds.resolve("GO-2024-0001.json"), osv("GO-2024-0001", "one"));
        Files.write(feeds.resolve("samples.zip"), zip("GO-2024-0002.json", osv("GO-2024-0002", "two")));
        BuildReport report = Advisories.build(
                new BuildRequest(feeds, output, java.util.List.of("samples*"), Set.of(), Limits.DEFAULT));

        assertThat(report.filesRead()).containsEntry("go-vulndb", 1);
    }

    @Test
    void refusesAFolderWithoutFeedsAndKeepsTheOldBase() throws Exception {
        Files.writeString(output, "old");
        Files.writeString(feeds.resolve("README.md"), "# Nothing\n");

        assertThatThrownBy(() -> Advisories.build(BuildRequest.of(feeds, output)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no advisory feed among 1 files");
        assertThatThrownBy(() -> Advisories.build(BuildRequest.of(folder.resolve("nowhere"), output)))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_FOUND));
        assertThat(output).hasContent("old");
    }

    @Test
    void stopsWhenInterruptedAndLeavesNothing() throws Exception {
        Files.write(feeds.resolve("GO-2024-0001.json"), osv("GO-2024-0001", "one"));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Advisories.build(BuildRequest.of(feeds, output)))
                .isInstanceOf(InterruptedIOException.class);
        Thread.interrupted();
        assertThat(folder).isDirectoryNotContaining("glob:**/*facts*");
    }

    @Test
    void diskThatIsFullLeavesTheOldFileAndNothingBesideIt() throws Exception {
        Files.writeString(output, "old");

        assertThatThrownBy(() -> AtomicFile.<RuntimeException>write(output, out -> {
                    out.write(ByteBuffer.wrap(new byte[1_000]));
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");
        assertThat(output).hasContent("old");
        assertThat(folder).isDirectoryNotContaining("glob:**/*.partial");
    }

    @Test
    void aDeviceIsNeverReplacedByAFile() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("device"), Path.of("/dev/null"));
        assertThatThrownBy(() -> AtomicFile.<RuntimeException>write(link, out -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no file");
        assertThat(link).isSymbolicLink();
        Files.delete(link);
    }

    @Test
    void exportedBaseIsImportedElsewhere() throws Exception {
        Files.write(feeds.resolve("GO-2024-0001.json"), osv("GO-2024-0001", "one"));
        Digest digest = Advisories.build(BuildRequest.of(feeds, output)).digest();
        Path packed = folder.resolve("facts.hfdb.zst");
        Path there = folder.resolve("elsewhere/facts.hfdb");

        assertThat(Advisories.export(output, packed, Set.of())).isEqualTo(digest);
        assertThat(Advisories.importFrom(packed, there, Limits.DEFAULT)).isEqualTo(digest);
        assertThat(Files.mismatch(output, there)).isEqualTo(-1);
    }

    @Test
    void importRefusesWhatWasChangedOnTheWay() throws Exception {
        Files.write(feeds.resolve("GO-2024-0001.json"), osv("GO-2024-0001", "one"));
        Advisories.build(BuildRequest.of(feeds, output));
        byte[] bytes = Files.readAllBytes(output);
        bytes[bytes.length - 60] ^= 1;
        Path changed = Files.write(folder.resolve("changed.hfdb"), bytes);
        Path there = folder.resolve("there.hfdb");

        assertThatThrownBy(() -> Advisories.importFrom(changed, there, Limits.DEFAULT))
                .isInstanceOfSatisfying(
                        InputException.class, e -> assertThat(e.code()).isEqualTo(Code.DIGEST_MISMATCH))
                .hasMessageContaining("changed.hfdb");
        assertThat(there).doesNotExist();
    }

    @Test
    void exportKnowsWhichSourcesThereAre() throws Exception {
        Files.write(feeds.resolve("GO-2024-0001.json"), osv("GO-2024-0001", "one"));
        Advisories.build(BuildRequest.of(feeds, output));

        assertThatThrownBy(() -> Advisories.export(output, folder.resolve("x.hfdb"), Set.of("nvd")))
                .hasMessage("no source nvd in this base; it has go-vulndb");
    }

    private static byte[] osv(String id, String name) {
        return """
            {"schema_version":"1.3.1","id":"%s","modified":"2024-05-20T16:03:47Z","published":"2024-05-01T00:00:00Z",
             "affected":[{"package":{"name":"example.org/%s","ecosystem":"Go"},
             "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.2.3"}]}]}]}
            """.formatted(id, name).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
