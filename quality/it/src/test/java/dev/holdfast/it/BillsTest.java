package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.core.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From image to bill of materials to answer: the same as from the image. */
final class BillsTest {
    @TempDir
    Path folder;

    private String image = "";
    private String base = "";

    @BeforeEach
    void make() throws Exception {
        Shop shop = Shop.in(folder);
        image = shop.image();
        base = shop.base();
    }

    private String bill(String format) {
        String file = folder.resolve("bill." + format + ".json").toString();
        assertThat(ProgramRun.of("sbom", image, "--format", format, "--output", file)
                        .exit())
                .isZero();
        return file;
    }

    private List<String> findings(String target) throws Exception {
        JsonValue answer =
                ProgramRun.of("scan", target, "--db", base, "--format", "json").json();
        return answer.get("targets").elements().getFirst().get("findings").elements().stream()
                .map(finding -> finding.get("id").text().orElse("") + " "
                        + finding.get("fixedIn").text().orElse(""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cyclonedx", "spdx"})
    void aBillIsAnsweredAsItsImage(String format) throws Exception {
        assertThat(findings(bill(format))).isNotEmpty().isEqualTo(findings(image));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cyclonedx", "spdx"})
    void theSameImageGivesTheSameBytes(String format) throws Exception {
        assertThat(Files.readAllBytes(Path.of(bill(format))))
                .isEqualTo(ProgramRun.of("sbom", image, "--format", format).out());
    }

    @Test
    void aBillIsReadFromStandardInputAndByPrefix() throws Exception {
        String file = bill("cyclonedx");
        ProgramRun piped =
                ProgramRun.withInput(Files.readAllBytes(Path.of(file)), "scan", "-", "--db", base, "--format", "json");
        assertThat(piped.json()
                        .get("targets")
                        .elements()
                        .getFirst()
                        .at("target", "kind")
                        .text())
                .contains("sbom");
        assertThat(ProgramRun.of("scan", "sbom:" + file, "--db", base).exit()).isZero();
    }

    @Test
    void theGateCountsABillsFindings() {
        assertThat(ProgramRun.of("scan", bill("spdx"), "--db", base, "--fail-on", "low")
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void explainsForABill() {
        ProgramRun run = ProgramRun.of("explain", bill("cyclonedx"), "CVE-2023-4911", "--db", base);
        assertThat(run.exit()).isZero();
        assertThat(run.text()).contains("CVE-2023-4911").contains("/var/lib/dpkg/status");
    }

    @Test
    void aBrokenBillIsWrongInputWithItsPlace() throws Exception {
        String file = Files.writeString(
                        folder.resolve("broken.json"), "{\"bomFormat\":\"CycloneDX\",\n\"components\":[}")
                .toString();
        ProgramRun run = ProgramRun.of("scan", file, "--db", base);
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("broken.json").contains("line 2, column");
        assertThat(run.err().lines().count()).isEqualTo(1);
    }

    @Test
    void aScanAsCycloneDxNamesTheVulnerabilities() throws Exception {
        JsonValue document = ProgramRun.of("scan", image, "--db", base, "--format", "cyclonedx")
                .json();
        JsonValue flaw = document.get("vulnerabilities").elements().getFirst();
        String ref = flaw.get("affects").elements().getFirst().get("ref").text().orElse("");
        assertThat(document.get("components").elements())
                .anySatisfy(
                        component -> assertThat(component.get("bom-ref").text()).contains(ref));
    }

    @Test
    void twoTargetsAreNotOneDocument() {
        ProgramRun run = ProgramRun.of("scan", image, image, "--db", base, "--format", "cyclonedx");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("one target");
    }
}
