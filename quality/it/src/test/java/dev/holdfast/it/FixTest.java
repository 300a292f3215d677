package dev.holdfast.it;

import static dev.holdfast.it.Content.npm;
import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.oci.testing.ImageBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code fix} plans for an image whose flaws are known. */
final class FixTest {
    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void make() throws Exception {
        shop = Shop.in(
                folder,
                ImageBuilder.image()
                        .tag("shop:1")
                        .history("FROM debian")
                        .layer(Shop.debian())
                        .history("COPY web /srv/web")
                        .layer(layer().file("srv/web/node_modules/lodash/package.json", npm("lodash", "4.17.11"))));
    }

    private ProgramRun fix(String... words) {
        return shop.run("fix", words);
    }

    @Test
    void planRemovesWhatHasAFixAndSaysWhatStays() throws Exception {
        JsonValue plan = fix("--format", "json").json();

        assertThat(Scanned.text(plan, "schema")).isEqualTo("holdfast-fix/1");
        assertThat(plan.get("findings").integer()).contains(4L);
        assertThat(plan.get("removed").integer()).contains(3L);
        List<JsonValue> steps = plan.get("steps").elements();
        assertThat(steps).hasSize(2);
        JsonValue library = steps.getFirst();
        assertThat(Scanned.text(library, "kind")).isEqualTo("library");
        assertThat(Scanned.text(library, "instruction")).isEqualTo("COPY web /srv/web");
        assertThat(library.get("commands").texts()).containsExactly("npm --prefix /srv/web install lodash@4.17.12");
        JsonValue glibc = steps.getLast().get("upgrades").elements().getFirst();
        assertThat(Scanned.text(glibc, "to")).isEqualTo("2.36-9+deb12u7");
        JsonValue rest = plan.get("rest").elements().getFirst();
        assertThat(Scanned.text(rest, "reason")).isEqualTo("no fix yet");
        assertThat(rest.get("packages").texts()).containsExactly("glibc");
    }

    @Test
    void peopleReadTheSentenceFirst() {
        assertThat(fix().text()).startsWith(shop.image() + "  4 findings. 2 changes remove 3.\n");
        assertThat(fix("--severity", "critical").text())
                .startsWith(shop.image() + "  1 finding. 1 change removes all.\n");
    }

    @Test
    void dockerfileGetsAPatch() throws Exception {
        Path dockerfile = Files.writeString(folder.resolve("Dockerfile"), "FROM debian:12\nCMD sh\n");

        assertThat(fix("--dockerfile", dockerfile.toString()).text())
                .isEqualTo("--- " + dockerfile + "\n+++ " + dockerfile
                        + "\n@@ -1,2 +1,3 @@\n FROM debian:12\n+RUN apt-get update && apt-get install -y"
                        + " --no-install-recommends --only-upgrade glibc && rm -rf /var/lib/apt/lists/*\n CMD sh\n");
    }

    @Test
    void wrongWordsAreTold() {
        assertThat(fix("--format", "patch").exit()).isEqualTo(3);
        ProgramRun absent = fix("--dockerfile", folder.resolve("absent").toString());
        assertThat(absent.exit()).isEqualTo(4);
        assertThat(absent.err()).contains("absent: no such file");
    }

    @Test
    void projectGetsAPatchOfWhatItDeclares() throws Exception {
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(project.resolve("pom.xml"), """
                <project>
                  <dependencies>
                    <dependency>
                      <groupId>org.apache.logging.log4j</groupId>
                      <artifactId>log4j-core</artifactId>
                      <version>2.14.1</version>
                    </dependency>
                  </dependencies>
                </project>
                """);
        ProgramRun patch = ProgramRun.of("fix", project.toString(), "--db", shop.base(), "--format", "patch");
        assertThat(patch.text())
                .startsWith("--- pom.xml\n+++ pom.xml\n")
                .contains("-      <version>2.14.1</version>\n+      <version>2.");
    }
}
