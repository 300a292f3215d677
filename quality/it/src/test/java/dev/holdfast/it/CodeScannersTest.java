package dev.holdfast.it;

import static dev.holdfast.it.Content.deb;
import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.ImageBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SARIF of a code scanner through the whole program: gate, exceptions, every format. */
final class CodeScannersTest {
    private static final String LOG = """
            {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Semgrep OSS","version":"1.90","rules":[
              {"id":"sqli","properties":{"security-severity":"9.1"}},{"id":"style"}]}},
             "results":[{"ruleId":"sqli","message":{"text":"SQL from input"},"locations":[
               {"physicalLocation":{"artifactLocation":{"uri":"src/db.py"},"region":{"startLine":7}}}]},
              {"ruleId":"style","level":"note","message":{"text":"long line"}}]}]}
            """;

    @TempDir
    Path folder;

    private String image = "";
    private String base = "";

    @BeforeEach
    void make() throws Exception {
        image = Files.write(
                        folder.resolve("image.tar"),
                        ArchiveBuilder.dockerArchive(ImageBuilder.image()
                                .layer(layer().file("etc/os-release", Content.DEBIAN)
                                        .file("var/lib/dpkg/status", deb("glibc", "2.36-9+deb12u9")))))
                .toString();
        base = Facts.small().write(folder.resolve("facts.hfdb")).toString();
    }

    private ProgramRun scan(String... words) throws IOException {
        String log = Files.writeString(folder.resolve("code.sarif"), LOG).toString();
        String[] all = new String[words.length + 6];
        System.arraycopy(new String[] {"scan", image, "--db", base, "--sarif", log}, 0, all, 0, 6);
        System.arraycopy(words, 0, all, 6, words.length);
        return ProgramRun.of(all);
    }

    @Test
    void failsTheGateAndIsShown() throws Exception {
        ProgramRun run = scan("--fail-on", "critical");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.text())
                .contains("2 weaknesses in code.", "critical", "sqli", "src/db.py:7", "SQL from input")
                .contains("FAIL  1 finding at or above critical");
    }

    @Test
    void anExceptionByPathSetsItAside() throws Exception {
        String rules = Files.writeString(
                        folder.resolve("ignore.yaml"),
                        "exceptions:\n  - id: sqli\n    path: src/**\n    reason: escaped by the driver\n")
                .toString();
        ProgramRun run = scan("--fail-on", "critical", "--ignore-file", rules);
        assertThat(run.exit()).isZero();
        assertThat(run.text()).contains("set aside 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"json", "sarif", "cyclonedx", "openvex", "html", "markdown", "junit", "gitlab", "github", "csv"})
    void everyFormatTakesIt(String format) throws Exception {
        ProgramRun run = scan("--format", format);
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        boolean isAboutPackages = format.equals("cyclonedx") || format.equals("openvex");
        assertThat(run.text().contains("sqli")).isEqualTo(!isAboutPackages);
    }

    @Test
    void refusesToGuessWhichOfTwoTargetsItIsAbout() throws Exception {
        ProgramRun run = scan(image);
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("--sarif joins the findings of one target, here are 2");
    }

    @Test
    void aBrokenLogIsOneLine() throws Exception {
        String broken = Files.writeString(folder.resolve("broken.sarif"), "{\"version\":\"2.1.0\",\n\"runs\":[{")
                .toString();
        ProgramRun run = ProgramRun.of("scan", image, "--db", base, "--sarif", broken);
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("broken.sarif", "line 2").hasLineCount(1);
        assertThat(run.text()).isEmpty();
    }
}
