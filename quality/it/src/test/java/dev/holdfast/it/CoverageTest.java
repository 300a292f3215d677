package dev.holdfast.it;

import static dev.holdfast.it.Content.deb;
import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.ImageBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger of a small image whose every byte is known. */
final class CoverageTest {
    private static final String PROGRAM = "\u007fELF made up";

    @TempDir
    Path folder;

    private String image = "";

    @BeforeEach
    void make() throws Exception {
        image = Files.write(
                        folder.resolve("image.tar"),
                        ArchiveBuilder.dockerArchive(ImageBuilder.image()
                                .layer(layer().file("etc/os-release", Content.DEBIAN)
                                        .file("var/lib/dpkg/status", deb("tool", "1"))
                                        .file("var/lib/dpkg/info/tool.list", "/.\n/usr/bin/tool\n/usr/lib/tool/x.py\n")
                                        .file("var/lib/dpkg/info/tool.postinst", "#!/bin/sh\n")
                                        .file("usr/bin/tool", PROGRAM)
                                        .file("usr/lib/tool/x.py", "import os")
                                        .file("usr/lib/tool/__pycache__/x.cpython-311.pyc", "\u0001\u0002")
                                        .file("app/node_modules/a/package.json", Content.npm("a", "1.0.0"))
                                        .file("app/node_modules/a/index.js", "run()")
                                        .file("app/readme", "hello")
                                        .file("gone", "12345"))
                                .layer(layer().file("opt/agent", PROGRAM + PROGRAM)
                                        .file(".wh.gone", "")
                                        .file("opt/start", "#!/bin/sh\n")
                                        .file("var/cache/apt/archives/x.deb", PROGRAM)
                                        .file("opt/blob", "\u0001\u0002\u0003"))))
                .toString();
    }

    private static long bytes(JsonValue coverage, String account) {
        return coverage.at(account, "bytes").integer().orElse(-1L);
    }

    @Test
    void theAccountsAddUpToTheTree() throws Exception {
        JsonValue coverage =
                ProgramRun.of("coverage", image, "--format", "json").json().get("coverage");
        long sum = 0;
        for (String account : List.of("owned", "identified", "inert", "unexplained")) {
            sum += bytes(coverage, account);
        }
        assertThat(sum).isEqualTo(coverage.get("bytes").integer().orElse(0L));
        assertThat(coverage.get("files").integer()).contains(14L);
        assertThat(coverage.at("owned", "files").integer()).contains(5L);
        assertThat(coverage.at("identified", "files").integer()).contains(2L);
        assertThat(coverage.at("inert", "files").integer()).contains(3L);
    }

    @Test
    void whatMayRunComesFirstWhereverItLies() throws Exception {
        JsonValue coverage =
                ProgramRun.of("coverage", image, "--format", "json").json().get("coverage");
        assertThat(coverage.get("unexplainedFiles").elements())
                .extracting(file -> file.get("path").text().orElse("") + " "
                        + file.get("nature").text().orElse(""))
                .containsExactly(
                        "/opt/agent program",
                        "/var/cache/apt/archives/x.deb program",
                        "/opt/start script",
                        "/opt/blob unknown");
    }

    @Test
    void saysItForPeople() {
        ProgramRun run = ProgramRun.of("coverage", image);
        assertThat(run.exit()).isZero();
        assertThat(run.text())
                .contains("3 files of unknown origin may run.", "owned by 1 package", "in 1 component", "/opt/agent");
    }

    @Test
    void aBillOfMaterialsHasNoFiles() throws Exception {
        Path bill = Files.writeString(
                folder.resolve("bill.json"), "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[]}");
        ProgramRun run = ProgramRun.of("coverage", bill.toString());
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("a bill of materials has no files");
    }
}
