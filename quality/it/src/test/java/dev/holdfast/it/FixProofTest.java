package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.advisory.Advisories;
import dev.holdfast.cli.ProgramRun;
import dev.holdfast.core.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fix plan is taken, by the tools that it names, and what it said it would remove is gone. Needs the archives of Debian, npm and PyPI. */
final class FixProofTest {
    private static final Path SNAPSHOT =
            Path.of(System.getProperty("holdfast.root", "."), "image", "advisory", "snapshot", "facts.hfdb.zst");
    private static final String IMAGE = "node-app.docker.tar";
    private static final int BUILD_SECONDS = 240;

    @TempDir
    Path folder;

    private RealPrograms programs = new RealPrograms(Path.of(""));
    private String base = "";

    @BeforeEach
    void begin() throws Exception {
        assumeTrue(System.getProperty("holdfast.slow") != null, "slow: set -Dholdfast.slow");
        RealPrograms.need("patch");
        programs = new RealPrograms(folder);
        Path unpacked = folder.resolve("facts.hfdb");
        Advisories.unpackSnapshot(SNAPSHOT, unpacked);
        base = unpacked.toString();
    }

    @AfterEach
    void stop() throws Exception {
        programs.stop();
    }

    private ProgramRun holdfast(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--db", base));
        return ProgramRun.withEnvironment(
                Map.of(
                        "XDG_CACHE_HOME",
                        folder.resolve("cache").toString(),
                        "DOCKER_HOST",
                        "unix://" + folder.resolve("docker.sock")),
                all.toArray(String[]::new));
    }

    private List<JsonValue> findings(String target) throws Exception {
        return holdfast("scan", target, "--no-secrets", "--format", "json")
                .json()
                .get("targets")
                .elements()
                .getFirst()
                .get("findings")
                .elements();
    }

    /** Debian's main archive has what a point release had; its security archive has since fixed some of it. */
    @Test
    void rebuiltImageHasWhatThePlanLeaves() throws Exception {
        Path image = Path.of(System.getProperty("holdfast.images", ""), IMAGE);
        assumeTrue(Files.exists(image), "no " + IMAGE);
        String host = programs.startEngine();
        programs.run("docker", "--host", host, "load", "--input", image.toString());
        Path old = Files.createDirectory(folder.resolve("old"));
        Files.writeString(old.resolve("Dockerfile"), """
                FROM localhost/node-app:1
                USER root
                RUN cp /etc/apt/sources.list /etc/apt/kept && sed -i '/security\\|updates/d' /etc/apt/sources.list \\
                 && mkdir -p /var/lib/apt/lists/partial /var/cache/apt/archives/partial \\
                 && apt-get update && apt-get install -y --no-install-recommends nginx-common openssl \\
                 && mv /etc/apt/kept /etc/apt/sources.list
                """);
        assumeTrue(build(host, old, "localhost/old:1"), "Debian's archive cannot be reached");
        Path app = Files.createDirectory(folder.resolve("app"));
        Path dockerfile = Files.writeString(app.resolve("Dockerfile"), "FROM localhost/old:1\nCMD [\"true\"]\n");
        assertThat(build(host, app, "localhost/app:1")).as(programs.log()).isTrue();

        JsonValue plan =
                holdfast("fix", "docker:localhost/app:1", "--format", "json").json();
        long removed = 0;
        for (JsonValue step : plan.get("steps").elements()) {
            removed += Scanned.text(step, "kind").equals("distribution")
                    ? step.get("findings").integer().orElse(0L)
                    : 0;
        }
        assumeTrue(removed > 0, "the archive's newest point release has nothing left to fix");
        int before = findings("docker:localhost/app:1").size();
        String patch = holdfast("fix", "docker:localhost/app:1", "--dockerfile", dockerfile.toString())
                .text();
        Files.writeString(folder.resolve("fix.patch"), patch);
        programs.run(
                "patch", "-p0", "-d", "/", "-i", folder.resolve("fix.patch").toString());
        assertThat(build(host, app, "localhost/app:2")).as(programs.log()).isTrue();

        assertThat(findings("docker:localhost/app:2")).hasSize((int) (before - removed));
    }

    private boolean build(String host, Path context, String tag) throws Exception {
        return programs.tryToRun(
                context, BUILD_SECONDS, "docker", "--host", host, "build", "-q", "--network", "host", "-t", tag, ".");
    }

    @Test
    void npmProjectHasNothingLeftThatThePlanRemoves() throws Exception {
        RealPrograms.need("npm");
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(
                project.resolve("package.json"),
                "{\"name\":\"web\",\"version\":\"1.0.0\",\"dependencies\":{\"lodash\":\"4.17.11\",\"axios\":\"0.21.0\","
                        + "\"moment\":\"2.29.1\"}}");
        assumeTrue(
                programs.tryToRun(project, BUILD_SECONDS, "npm", "install", "--package-lock-only", "--ignore-scripts"),
                "npm's registry cannot be reached");

        takeCommandsOf(project);
    }

    @Test
    void pythonProjectHasNothingLeftThatThePatchRemoves() throws Exception {
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(
                project.resolve("requirements.txt"),
                "urllib3==1.24.1\ncertifi == 2022.9.24 ; python_version > \"3\"\nrequests[socks]==2.19.0  # old\n");
        JsonValue plan = holdfast("fix", project.toString(), "--format", "json").json();
        assertThat(plan.get("removed").integer().orElse(0L)).isPositive();
        long left = plan.get("findings").integer().orElse(0L)
                - plan.get("removed").integer().orElse(0L);
        Files.writeString(
                folder.resolve("fix.patch"),
                holdfast("fix", project.toString(), "--format", "patch").text());

        programs.run(
                "patch",
                "-p0",
                "-d",
                project.toString(),
                "-i",
                folder.resolve("fix.patch").toString());

        assertThat(findings(project.toString())).hasSize((int) left);
    }

    private void takeCommandsOf(Path project) throws Exception {
        JsonValue plan = holdfast("fix", project.toString(), "--format", "json").json();
        long left = plan.get("findings").integer().orElse(0L)
                - plan.get("removed").integer().orElse(0L);
        assertThat(plan.get("removed").integer().orElse(0L)).isPositive();
        List<String> commands = new ArrayList<>();
        for (JsonValue step : plan.get("steps").elements()) {
            commands.addAll(step.get("commands").texts());
        }
        for (String command : commands) {
            assertThat(programs.tryToRun(project, BUILD_SECONDS, "sh", "-c", command))
                    .as(command + "\n" + programs.log())
                    .isTrue();
        }
        assertThat(findings(project.toString())).hasSize((int) left);
    }
}
