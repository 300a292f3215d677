package dev.holdfast.it.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ordinary servers meet no rule of ours: quality/bench/quiet.sh in short. */
class RuntimeQuietTest {
    private static final int PATIENCE_MINUTES = 9;
    private static final Path PROGRAM =
            Path.of(System.getProperty("holdfast.root", "../.."), "quality", "bench", "quiet.sh");

    @TempDir
    Path folder;

    @BeforeEach
    void needsWhatItUses() throws Exception {
        assumeTrue(System.getProperty("holdfast.slow") != null, "slow: set -Dholdfast.slow");
        LiveWatch.need();
        assumeTrue(Engine.succeeds("docker", "version"), "no Docker Engine runs here");
        assumeTrue(
                Engine.succeeds("docker", "image", "inspect", "holdfast-it/quiet:1")
                        || Engine.succeeds("mmdebstrap", "--version"),
                "the image of the servers is not here, nor mmdebstrap to build it");
    }

    @Test
    void nginxPostgresqlJavaAndNodeMeetNoRuleFromTheirFirstProcessOn() throws Exception {
        Path said = folder.resolve("said");
        ProcessBuilder quiet = new ProcessBuilder("bash", PROGRAM.toString(), "0.75")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        quiet.environment()
                .put(
                        "HOLDFAST",
                        Path.of(System.getProperty("java.home"), "bin", "java")
                                + " --enable-native-access=ALL-UNNAMED -cp " + System.getProperty("java.class.path")
                                + " dev.holdfast.cli.Main");
        Process process = quiet.start();
        boolean hasEnded = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        if (!hasEnded) {
            process.destroy();
        }
        String text = Files.readString(said);
        assertThat(hasEnded).as(text).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        assertThat(text)
                .containsPattern("nginx +[1-9]\\d{2,} events")
                .containsPattern("postgres +[1-9]\\d{2,} events")
                .containsPattern("java +[1-9]\\d{2,} events")
                .containsPattern("node +[1-9]\\d{2,} events")
                .contains(" 0 alerts of the containers");
    }
}
