package dev.holdfast.it;

import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.oci.testing.ImageBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons through the whole program. */
final class CompareTest {
    @TempDir
    Path folder;

    private String image = "";
    private String base = "";

    @BeforeEach
    void make() throws Exception {
        Shop shop = Shop.in(
                folder,
                ImageBuilder.image()
                        .tag("shop:1")
                        .layer(Shop.debian().file("app/gone.jar", "x"))
                        .layer(layer().file("app/.wh.gone.jar", "")));
        image = shop.image();
        base = shop.base();
    }

    private String trivy(String... claims) throws IOException {
        String text =
                "{\"SchemaVersion\":2,\"ArtifactName\":\"shop:1\",\"Results\":[{\"Target\":\"x\",\"Type\":\"jar\","
                        + "\"Vulnerabilities\":[" + String.join(",", claims) + "]}]}";
        return Files.writeString(folder.resolve("trivy.json"), text).toString();
    }

    private static String claim(String id, String name, String path) {
        return "{\"VulnerabilityID\":\"" + id + "\",\"PkgName\":\"" + name + "\",\"PkgPath\":\"" + path
                + "\",\"InstalledVersion\":\"1\",\"Severity\":\"HIGH\"}";
    }

    private static List<String> causes(ProgramRun run) throws Exception {
        return run.json().get("reports").elements().getFirst().get("rows").elements().stream()
                .map(row -> row.get("cause").text().orElse(""))
                .toList();
    }

    @Test
    void tellsWhetherThePathThatTheyNameIsThere() throws Exception {
        ProgramRun run = ProgramRun.of(
                "compare",
                image,
                trivy(
                        claim("CVE-2021-1", "a", "app/gone.jar"),
                        claim("CVE-2021-2", "b", "etc/os-release"),
                        claim("CVE-2021-3", "c", "nowhere.jar")),
                "--db",
                base,
                "--format",
                "json");
        assertThat(run.exit()).isZero();
        List<JsonValue> rows =
                run.json().get("reports").elements().getFirst().get("rows").elements();
        assertThat(rows)
                .extracting(row -> row.get("cause").text().orElse("") + ": "
                        + row.get("reason").text().orElse(""))
                .contains(
                        "removed-later: app/gone.jar was removed by a later layer",
                        "not-in-inventory: etc/os-release is there, and we read no such package from it",
                        "not-in-inventory: no package of that name, and no nowhere.jar");
    }

    @Test
    void comparesOurOwnReportsWithoutTheImage() throws Exception {
        String json = folder.resolve("ours.json").toString();
        ProgramRun.of("scan", image, "--db", base, "--format", "json", "--output", json);
        ProgramRun run = ProgramRun.of("compare", json, json, "--db", base, "--format", "json");
        assertThat(causes(run)).hasSize(3).containsOnly("agreed");
        String part = folder.resolve("part.json").toString();
        ProgramRun.of("scan", image, "--db", base, "--severity", "high", "--format", "json", "--output", part);
        ProgramRun filtered = ProgramRun.of("compare", part, json, "--db", base, "--format", "json");
        assertThat(causes(filtered)).contains("agreed", "filtered");
    }

    @Test
    void aBrokenReportDoesNotHideTheAnswerAboutAnother() throws Exception {
        String broken = Files.writeString(folder.resolve("broken.json"), "{\"matches\":[")
                .toString();
        ProgramRun run = ProgramRun.of("compare", image, broken, trivy(), "--db", base);
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("broken.json", "line 1").hasLineCount(1);
        assertThat(run.text()).contains("only we report 3");
    }

    @Test
    void anAbsentReportIsOneLine() {
        ProgramRun run = ProgramRun.of("compare", image, "/nowhere/x.json", "--db", base);
        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err()).contains("/nowhere/x.json: no such file");
    }
}
