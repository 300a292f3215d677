package dev.holdfast.it;

import static dev.holdfast.it.Content.deb;
import static dev.holdfast.it.Content.npm;
import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.ImageBuilder;
import dev.holdfast.oci.testing.LayerBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scan tells what came with a known base image from what its builder added. */
final class BasesTest {
    @TempDir
    Path folder;

    private String golden = "";
    private String shop = "";
    private String base = "";

    @BeforeEach
    void make() throws Exception {
        LayerBuilder bottom = Shop.debian();
        golden = Files.write(
                        folder.resolve("golden.tar"),
                        ArchiveBuilder.dockerArchive(
                                ImageBuilder.image().tag("golden:12").layer(bottom)))
                .toString();
        shop = Files.write(
                        folder.resolve("shop.tar"),
                        ArchiveBuilder.dockerArchive(ImageBuilder.image()
                                .tag("shop:1")
                                .layer(bottom)
                                .layer(layer().file("srv/node_modules/lodash/package.json", npm("lodash", "4.17.11")))))
                .toString();
        base = Facts.small().write(folder.resolve("facts.hfdb")).toString();
    }

    private ProgramRun run(String... words) {
        return ProgramRun.withEnvironment(
                Map.of("HOLDFAST_BASES", folder.resolve("data/bases.json").toString()), words);
    }

    @Test
    void findingsAreTheBasesOrOnesOwn() throws Exception {
        assertThat(run("base", "add", golden).text()).isEqualTo("golden:12  1 layer\n");

        JsonValue target = run("scan", shop, "--db", base, "--format", "json")
                .json()
                .get("targets")
                .elements()
                .getFirst();
        Map<String, String> origins = new TreeMap<>();
        for (JsonValue finding : target.get("findings").elements()) {
            origins.put(Scanned.text(finding, "id"), Scanned.text(finding, "origin"));
        }

        assertThat(target.at("target", "base", "name").text()).contains("golden:12");
        assertThat(origins).containsEntry("CVE-2023-4911", "base").containsEntry("CVE-2019-10744", "own");
        assertThat(run("scan", shop, "--db", base).text()).contains(" 3 came with the base golden:12.");
        assertThat(run("fix", shop, "--db", base).text()).contains("# 2 of them came with the base golden:12");
    }

    @Test
    void withoutABaseImageNothingIsSaid() throws Exception {
        JsonValue target = run("scan", shop, "--db", base, "--format", "json")
                .json()
                .get("targets")
                .elements()
                .getFirst();

        assertThat(target.at("target", "base").isAbsent()).isTrue();
        assertThat(target.get("findings").elements().getFirst().get("origin").isAbsent())
                .isTrue();
    }

    @Test
    void basesAreListedReplacedAndForgotten() {
        run("base", "add", golden);
        run("base", "add", golden, "--name", "debian");
        run("base", "add", golden, "--name", "debian");

        assertThat(run("base", "list").text().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("debian ");
        assertThat(run("base", "remove", "debian").exit()).isZero();
        assertThat(run("base", "list").text().lines()).hasSize(1);
        ProgramRun unknown = run("base", "remove", "debian");
        assertThat(unknown.exit()).isEqualTo(3);
        assertThat(unknown.err()).contains("no base is called debian");
    }

    @Test
    void whatIsNoImageIsNoBase() throws Exception {
        Path tree = folder.resolve("tree");
        Files.writeString(Files.createDirectories(tree.resolve("etc")).resolve("os-release"), Content.DEBIAN);

        assertThat(run("base", "add", tree.toString()).exit()).isEqualTo(3);
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/bases.json"), "{");
        ProgramRun damaged = run("scan", shop, "--db", base);
        assertThat(damaged.exit()).isEqualTo(3);
        assertThat(damaged.err()).contains("bases.json: not valid JSON");
    }

    @Test
    void findingsTellWhoIsToDealWithThem() throws Exception {
        run("base", "add", golden, "--owner", "@platform");
        Path owners = Files.writeString(folder.resolve("OWNERS"), "* @nobody-else\n/srv/ @web @shop\n");

        ProgramRun scan = run("scan", shop, "--db", base, "--owners", owners.toString(), "--format", "json");

        Map<String, String> byPackage = new TreeMap<>();
        for (JsonValue finding :
                scan.json().get("targets").elements().getFirst().get("findings").elements()) {
            byPackage.put(
                    Scanned.text(finding, "package"),
                    finding.get("owners").texts().toString());
        }
        assertThat(byPackage.get("pkg:npm/lodash@4.17.11")).isEqualTo("[@shop, @web]");
        assertThat(byPackage.values()).contains("[@platform]");
        assertThat(run("scan", shop, "--db", base, "--owners", owners.toString())
                        .text())
                .contains("  to deal with ")
                .contains("@platform 3");
        assertThat(run("scan", shop, "--db", base).text()).contains("@platform 3, nobody 1");
        Files.writeString(owners, "!/srv @web\n");
        ProgramRun wrong = run("scan", shop, "--db", base, "--owners", owners.toString());
        assertThat(wrong.exit()).isEqualTo(3);
        assertThat(wrong.err()).contains("OWNERS, line 1");
    }

    @Test
    void fixTakesTheBaseThatRemovesMost() throws Exception {
        String newer = image("newer.tar", "golden:13", deb("glibc", "2.36-9+deb12u7"));
        String worse = image("worse.tar", "golden:11", deb("glibc", "2.36-9+deb12u1"));
        run("base", "add", golden);

        ProgramRun plan = run("fix", shop, "--db", base, "--onto", worse, "--onto", newer, "--format", "json");

        JsonValue step = plan.json().get("steps").elements().stream()
                .filter(each -> Scanned.text(each, "kind").equals("base"))
                .findFirst()
                .orElseThrow();
        JsonValue upgrade = step.get("upgrades").elements().getFirst();
        assertThat(Scanned.text(upgrade, "from")).isEqualTo("golden:12");
        assertThat(Scanned.text(upgrade, "to")).isEqualTo("golden:13");
        assertThat(plan.json().get("steps").elements())
                .noneMatch(each -> Scanned.text(each, "kind").equals("distribution"));

        Path dockerfile = Files.writeString(folder.resolve("Dockerfile"), "FROM golden:12\nCMD sh\n");
        assertThat(run("fix", shop, "--db", base, "--onto", newer, "--dockerfile", dockerfile.toString())
                        .text())
                .contains("-FROM golden:12\n+FROM golden:13\n");
        assertThat(run("fix", shop, "--db", base, "--onto", worse, "--format", "json")
                        .text())
                .doesNotContain("\"base\"");
    }

    private String image(String file, String tag, String status) throws Exception {
        return Files.write(
                        folder.resolve(file),
                        ArchiveBuilder.dockerArchive(ImageBuilder.image()
                                .tag(tag)
                                .layer(layer().file("etc/os-release", Content.DEBIAN)
                                        .file("var/lib/dpkg/status", status))))
                .toString();
    }
}
