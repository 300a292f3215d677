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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Licences through the whole program: collected, written, judged. */
final class LicencesTest {
    @TempDir
    Path folder;

    private String image = "";
    private String base = "";

    @BeforeEach
    void make() throws Exception {
        image = Files.write(
                        folder.resolve("image.tar"),
                        ArchiveBuilder.dockerArchive(
                                ImageBuilder.image()
                                        .layer(
                                                layer().file("etc/os-release", Content.DEBIAN)
                                                        .file("var/lib/dpkg/status", deb("glibc", "2.36-9+deb12u9"))
                                                        .file(
                                                                "usr/share/doc/glibc/copyright",
                                                                "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n"
                                                                        + "Files: *\nLicense: LGPL-2.1+\n\nFiles: x\nLicense: GPL-2+\n")
                                                        .file(
                                                                "app/node_modules/a/package.json",
                                                                "{\"name\":\"a\",\"version\":\"1.0.0\",\"license\":\"MIT\"}")
                                                        .file(
                                                                "app/node_modules/b/package.json",
                                                                "{\"name\":\"b\",\"version\":\"1.0.0\",\"license\":\"(AGPL-3.0 OR WTFPL)\"}"))))
                .toString();
        base = Facts.small().write(folder.resolve("facts.hfdb")).toString();
    }

    private static String licence(JsonValue report, String name) {
        for (JsonValue each :
                report.get("targets").elements().getFirst().get("packages").elements()) {
            if (each.get("name").text().orElse("").equals(name)) {
                return each.get("licence").text().orElse("");
            }
        }
        return "no such package";
    }

    @Test
    void tellsLicencesOnlyWhenAsked() throws Exception {
        JsonValue asked = ProgramRun.of("scan", image, "--db", base, "--licences", "--format", "json")
                .json();
        assertThat(licence(asked, "a")).isEqualTo("MIT");
        assertThat(licence(asked, "glibc")).isEqualTo("LGPL-2.1-or-later AND GPL-2.0-or-later");
        assertThat(ProgramRun.of("scan", image, "--db", base, "--licences").text())
                .contains("declared licences: ", "MIT 1", "none declared 0");
        JsonValue plain =
                ProgramRun.of("scan", image, "--db", base, "--format", "json").json();
        assertThat(licence(plain, "a")).isEmpty();
    }

    @Test
    void aDeniedLicenceFailsTheGateUnlessExcepted() throws Exception {
        Path policy = folder.resolve("policy.yaml");
        Files.writeString(policy, "deny: [strong-copyleft, network-copyleft]\nother: allow\n");
        ProgramRun run =
                ProgramRun.of("scan", image, "--db", base, "--licence-policy", policy.toString(), "--fail-on", "high");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.text()).contains("1 licence finding.", "GPL-2.0-or-later", "glibc 2.36-9+deb12u9");
        Files.writeString(
                policy,
                "deny: [strong-copyleft]\nother: allow\nexceptions:\n  - id: GPL-2.0-or-later\n    package: glibc\n    reason: not changed\n");
        ProgramRun excepted =
                ProgramRun.of("scan", image, "--db", base, "--licence-policy", policy.toString(), "--fail-on", "high");
        assertThat(excepted.exit()).isZero();
        assertThat(excepted.text()).contains("set aside 1");
    }

    @Test
    void writesExpressionsIntoBills() throws Exception {
        JsonValue cyclonedx = ProgramRun.of("sbom", image, "--licences").json();
        assertThat(cyclonedx.toString()).contains("LGPL-2.1-or-later AND GPL-2.0-or-later", "AGPL-3.0-only OR WTFPL");
        JsonValue spdx =
                ProgramRun.of("sbom", image, "--licences", "--format", "spdx").json();
        assertThat(spdx.get("packages").elements())
                .extracting(each -> each.get("licenseDeclared").text().orElse(""))
                .contains("MIT", "AGPL-3.0-only OR WTFPL");
    }
}
