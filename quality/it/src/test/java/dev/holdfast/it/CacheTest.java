package dev.holdfast.it;

import static dev.holdfast.it.Content.deb;
import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.ImageBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program remembers, and says the same. */
final class CacheTest {
    @TempDir
    Path folder;

    private final String installed = System.getProperty("holdfast.app", "");
    private final ImageBuilder image = ImageBuilder.image()
            .tag("shop:1")
            .layer(layer().file("etc/os-release", Content.DEBIAN)
                    .file("var/lib/dpkg/status", deb("glibc", "2.36-9+deb12u1")));

    private Path archive = Path.of("");
    private String base = "";

    @BeforeEach
    void make() throws Exception {
        archive = Files.write(folder.resolve("image.tar"), ArchiveBuilder.dockerArchive(image));
        base = Facts.small().write(folder.resolve("facts.hfdb")).toString();
        Path app = Files.createDirectories(folder.resolve("app"));
        Files.writeString(app.resolve("id"), "0123456789abcdef\n");
        System.setProperty("holdfast.app", app.toString());
    }

    @AfterEach
    void restore() {
        if (installed.isEmpty()) {
            System.clearProperty("holdfast.app");
        } else {
            System.setProperty("holdfast.app", installed);
        }
    }

    private ProgramRun run(String... words) {
        return ProgramRun.withEnvironment(
                Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()), words);
    }

    private ProgramRun scan(String target, String... more) {
        List<String> words = new ArrayList<>(List.of("scan", target, "--db", base));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private static String text(ProgramRun run) {
        return new String(run.out(), StandardCharsets.UTF_8);
    }

    private List<Path> facts() throws Exception {
        Path facts = folder.resolve("cache/holdfast/facts");
        if (!Files.isDirectory(facts)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(facts)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "sarif", "cyclonedx", "html", "csv"})
    void answersTheSameFromMemory(String format) {
        ProgramRun without = scan(archive.toString(), "--format", format, "--no-cache");

        ProgramRun first = scan(archive.toString(), "--format", format, "--fail-on", "low");
        ProgramRun second = scan(archive.toString(), "--format", format, "--fail-on", "low");

        assertThat(first.exit()).isEqualTo(1);
        assertThat(second.exit()).isEqualTo(1);
        assertThat(text(second)).isEqualTo(text(first));
        assertThat(text(scan(archive.toString(), "--format", format))).isEqualTo(text(without));
    }

    @Test
    void keepsNothingWhenToldNotTo() throws Exception {
        scan(archive.toString(), "--no-cache");

        assertThat(facts()).isEmpty();
    }

    @Test
    void judgesAnewWithAnotherBaseOrOnAnotherDay() throws Exception {
        String first = text(scan(archive.toString()));
        String other = Facts.small().write(folder.resolve("other.hfdb")).toString();

        assertThat(text(run("scan", archive.toString(), "--db", other))).isNotEmpty();
        assertThat(text(scan(archive.toString(), "--as-of", "2031-01-01"))).isNotEqualTo(first);
        assertThat(text(scan(archive.toString()))).isEqualTo(first);
    }

    @Test
    void hearsOfAnExceptionThatWasWrittenSince() throws Exception {
        Path exceptions = folder.resolve("exceptions.yaml");
        Files.writeString(exceptions, "ignore: []\n");
        scan(archive.toString(), "--ignore-file", exceptions.toString());
        Files.writeString(exceptions, "nonsense: true\n");

        assertThat(scan(archive.toString(), "--ignore-file", exceptions.toString())
                        .exit())
                .isEqualTo(3);
    }

    @Test
    void seesThatTheFileChanged() throws Exception {
        scan(archive.toString());
        Files.write(
                archive,
                ArchiveBuilder.dockerArchive(
                        ImageBuilder.image().layer(layer().file("etc/os-release", "ID=alpine\nVERSION_ID=3.18\n"))));

        assertThat(text(scan(archive.toString(), "--format", "json")))
                .contains("alpine")
                .doesNotContain("glibc");
    }

    @Test
    void scansAnImageByItsDigestWithoutTheImage() throws Exception {
        scan(archive.toString());
        Files.delete(archive);
        String digest = ImageBuilder.digestOf(image.configuration());

        ProgramRun again = scan(digest, "--format", "json");

        assertThat(again.exit()).isZero();
        assertThat(text(again)).contains("\"kind\": \"remembered\"").contains("glibc");
        assertThat(text(scan(digest))).contains("not looked at");
        assertThat(scan(digest, "--no-cache").exit()).isEqualTo(3);
        assertThat(scan("sha256:" + "0".repeat(64)).err()).contains("scan it once");
    }

    @Test
    void tellsPrunesAndClearsWhatItRemembers() throws Exception {
        scan(archive.toString());
        assertThat(text(run("cache", "info")))
                .contains("images")
                .contains("layers")
                .contains("blobs");

        assertThat(text(run("cache", "clear"))).startsWith("removed ");
        assertThat(facts()).isEmpty();

        scan(archive.toString());
        ProgramRun pruned = ProgramRun.withEnvironment(
                Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString(), "HOLDFAST_CACHE_SIZE", "8"),
                "cache",
                "prune");
        assertThat(pruned.exit()).isZero();
        assertThat(facts()).isEmpty();
    }

    @Test
    void refusesASizeThatIsNone() {
        ProgramRun wrong = ProgramRun.withEnvironment(
                Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString(), "HOLDFAST_CACHE_SIZE", "much"),
                "cache",
                "prune");

        assertThat(wrong.exit()).isEqualTo(3);
        assertThat(wrong.err()).contains("HOLDFAST_CACHE_SIZE is much");
    }
}
