package dev.holdfast.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dist.Installation.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private final Path folder;
    private final Installation installation;
    private final Path jdk;

    LauncherTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        installation = Installation.in(folder.resolve("source tree"));
        jdk = Installation.fakeJdk(folder.resolve("jdk 25"), "25.0.9");
    }

    @BeforeEach
    void pointAtTheJdk() {
        installation.with("JAVA_HOME", jdk.toString());
    }

    @Test
    void buildsOnFirstUseAndTellsWhatHappens() throws Exception {
        Run run = installation.run("scan", "my image.tar");

        assertThat(run.exit()).isZero();
        assertThat(run.arguments()).endsWith("scan", "my image.tar");
        assertThat(run.errorLines())
                .containsExactly(
                        "holdfast: first use: building (about a minute)",
                        "holdfast:   1/2 holdfast-core",
                        "holdfast: preparing the start-up cache for this JDK (a few seconds)");
    }

    @Test
    void saysNothingAndBuildsNothingTheSecondTime() throws Exception {
        installation.run("--version");
        Run second = installation.run("--version");

        assertThat(second.err()).isEmpty();
        assertThat(installation.builds()).isEqualTo(1);
        assertThat(installation.trainings()).isEqualTo(2); // quick and scan
    }

    @Test
    void passesExitCodeAndArgumentsUnchanged() throws Exception {
        Run run = installation.with("FAKE_EXIT", "2").run("scan", "", "*", "a  b", "-x=\"y\"");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.arguments()).endsWith("scan", "", "*", "a  b", "-x=\"y\"");
    }

    @Test
    void shortCommandsDoWithoutTheOptimisingCompiler() throws Exception {
        assertThat(installation.run("--version").arguments()).contains("-XX:TieredStopAtLevel=1");
        assertThat(installation.run("scan", "x").arguments()).doesNotContain("-XX:TieredStopAtLevel=1");
    }

    @Test
    void startsThroughLinksAndFromAnyFolder() throws Exception {
        installation.run("--version");
        Path link = Files.createSymbolicLink(folder.resolve("hf"), Path.of("source tree/holdfast"));
        Path linkToLink = Files.createSymbolicLink(folder.resolve("hf2"), Path.of("hf"));

        assertThat(Installation.finish(installation.start(Path.of("/"), linkToLink.toString(), "a"))
                        .arguments())
                .endsWith("a");
        assertThat(Installation.finish(installation.start(folder, "./hf", "b")).arguments())
                .endsWith("b");
        assertThat(Installation.finish(installation.start(
                                folder, "sh", link.getFileName().toString(), "c"))
                        .arguments())
                .endsWith("c");
        assertThat(installation.builds()).isEqualTo(1);
    }

    @Test
    void worksWithoutHome() throws Exception {
        Run run = installation.without("HOME").run("scan", "x");

        assertThat(run.exit()).isZero();
        assertThat(run.arguments()).endsWith("scan", "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foundation/core", "image/scan", "posture/check", "runtime/sensor", "platform/cli"})
    void rebuildsWhenASourceIsNewerAndGitHasMoved(String module) throws Exception {
        installation.run("--version");
        Path source = installation.write(module + "/src/main/java/A.java", "class A {}");
        Path index = installation.write(".git/index", "");
        Instant later = Instant.now().plusSeconds(5);
        Files.setLastModifiedTime(source, FileTime.from(later));
        Files.setLastModifiedTime(index, FileTime.from(later));

        Run run = installation.run("--version");

        assertThat(run.errorLines()).first().isEqualTo("holdfast: the sources changed: building");
        assertThat(installation.builds()).isEqualTo(2);
    }

    @Test
    void doesNotRebuildWhenOnlyTestsOrDocumentsChanged() throws Exception {
        installation.run("--version");
        Instant later = Instant.now().plusSeconds(5);
        for (String path : new String[] {"image/scan/src/test/java/ATest.java", "docs/scan.md", ".git/index"}) {
            Files.setLastModifiedTime(installation.write(path, ""), FileTime.from(later));
        }

        installation.run("--version");

        assertThat(installation.builds()).isEqualTo(1);
    }

    @Test
    void twoFirstRunsAtOnceBuildOnce() throws Exception {
        installation.with("FAKE_BUILD_SECONDS", "2");
        String launcher = installation.root().resolve("holdfast").toString();
        Process first = installation.start(folder, launcher, "scan", "one");
        Process second = installation.start(folder, launcher, "scan", "two");

        Run one = Installation.finish(first);
        Run two = Installation.finish(second);

        assertThat(one.arguments()).endsWith("one");
        assertThat(two.arguments()).endsWith("two");
        assertThat(installation.builds()).isEqualTo(1);
        assertThat(installation.trainings()).isEqualTo(2);
        assertThat(one.err() + two.err()).contains("another run is building Holdfast; waiting for it");
    }

    @Test
    void failedBuildShowsTheErrorAndLeavesNothing() throws Exception {
        Run run = installation.with("FAKE_BUILD_ERROR", "no such symbol").run("scan", "x");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("the build failed; the end of ", "[ERROR] no such symbol");
        assertThat(installation.root().resolve("platform/dist/target/app")).doesNotExist();
    }

    @Test
    void throwsAwayWhatAnInterruptedBuildLeft() throws Exception {
        Path halfWritten = installation.write("image/scan/target/launcher/classes/A.class", "CAFE");
        installation.write("platform/dist/target/launcher.unfinished", "");

        installation.run("--version");

        assertThat(halfWritten).doesNotExist();
        assertThat(installation.root().resolve("platform/dist/target/launcher.unfinished"))
                .doesNotExist();
    }

    @Test
    void trainsAnewForAnotherJdk() throws Exception {
        installation.run("--version");
        Path other = Installation.fakeJdk(folder.resolve("jdk 26"), "26");
        installation.with("JAVA_HOME", other.toString()).run("--version");
        installation.run("--version");

        assertThat(installation.trainings()).isEqualTo(4);
    }

    @Test
    void findsTheJdkWherePathHasAnOlderOne() throws Exception {
        Path old = Installation.fakeJdk(folder.resolve("old"), "17.0.1");
        Path unusual = Files.createDirectories(folder.resolve("unusual"));
        Files.createSymbolicLink(unusual.resolve("java"), jdk.resolve("bin/java"));
        installation.with("JAVA_HOME", old.toString()).with("PATH", old.resolve("bin") + ":/usr/bin:/bin:" + unusual);

        assertThat(installation.run("scan", "x").exit()).isZero();
    }

    @Test
    void saysInOneLineWhatToDoWhereThereIsNoJdk() throws Exception {
        Run run = installation.without("JAVA_HOME").run("scan", "x");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.out()).isEmpty();
        assertThat(run.errorLines())
                .singleElement()
                .asString()
                .startsWith("holdfast: no JDK 25 found")
                .contains("--fetch-jdk");
    }
}
