package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest extends StoreContract {
    @TempDir
    private Path folder;

    @Override
    StoreSettings freshSettings() {
        return StoreSettings.in(folder.resolve("store"));
    }

    private Process child(Path place, String... inFront) throws IOException {
        List<String> words = new java.util.ArrayList<>(List.of(inFront));
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StoreWriter.class.getName(),
                place.toString()));
        return new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** What was said to be kept is there after the process was killed, however often that happens. */
    @Test
    void survivesBeingKilled() throws Exception {
        Path place = folder.resolve("killed");
        int acknowledged = 0;
        for (int round = 0; round < 2; round++) {
            Process writer = child(place);
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
                for (int i = 0; i < 40; i++) {
                    String line = out.readLine();
                    assertThat(line).as("a writer that works").isNotNull();
                    acknowledged = Integer.parseInt(line == null ? "0" : line);
                }
                writer.toHandle().destroyForcibly(); // by the handle: what it said before stays readable
                writer.waitFor();
                for (String line = out.readLine(); line != null && line.matches("\\d+"); line = out.readLine()) {
                    acknowledged = Integer.parseInt(line);
                }
            }
            try (Store store = Store.open(StoreSettings.in(place))) {
                for (int i = 0; i <= acknowledged; i++) {
                    assertThat(store.verdicts().find(digest("image " + i)))
                            .as("image " + i + " of " + acknowledged)
                            .isPresent();
                }
            }
        }
    }

    @Test
    void belongsToOneProcessAtATime() throws Exception {
        Path place = folder.resolve("taken");
        Process writer = child(place);
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("0");
            assertThatThrownBy(() -> Store.open(StoreSettings.in(place)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another process has it open");
        } finally {
            writer.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }
    }

    /** A file system of two megabytes fills up; what was kept stays, and with room again the same store goes on. */
    @Test
    void survivesAFullDisk() throws Exception {
        Path small = folder.resolve("small");
        Files.createDirectory(small);
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small.toString())
                .redirectErrorStream(true)
                .start();
        Assumptions.assumeTrue(mount.waitFor() == 0, "mounting a small file system needs root");
        try (Store store = Store.open(StoreSettings.in(small.resolve("store")))) {
            store.verdicts().keep(List.of(verdict("kept", Verdict.Outcome.PASS, NOW)), List.of(), NOW);
            Path ballast = small.resolve("ballast");
            fill(ballast);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 200; i++) {
                            store.verdicts()
                                    .keep(List.of(verdict("more " + i, Verdict.Outcome.PASS, NOW)), List.of(), NOW);
                        }
                    })
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("no space is left on the device");
            Files.delete(ballast);
            assertThat(store.verdicts().find(digest("kept"))).isPresent();
            store.verdicts().keep(List.of(verdict("later", Verdict.Outcome.PASS, NOW)), List.of(), NOW);
            assertThat(store.verdicts().find(digest("later"))).isPresent();
        } finally {
            new ProcessBuilder("umount", "-l", small.toString()).start().waitFor();
        }
    }

    private static void fill(Path ballast) throws IOException {
        try (var out = Files.newOutputStream(ballast)) {
            byte[] block = new byte[4_096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    @Test
    void saysOfAFileThatIsNoStoreWhatIsWrong() throws Exception {
        Path place = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(place.resolve("holdfast.mv.db"), "this is no store".repeat(1_000));
        assertThatThrownBy(() -> Store.open(StoreSettings.in(place)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the store " + place + ": could not bring its tables up to date: ");
    }

    @Test
    void takesNoSettingsInThePath() {
        assertThatThrownBy(() -> Store.open(StoreSettings.in(Path.of("/x;INIT=RUNSCRIPT FROM 'http:evil'"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("without a semicolon");
    }

    @Test
    void isReadByItsOwnerAlone() throws Exception {
        try (Store _ = Store.open(StoreSettings.in(folder.resolve("private")))) {
            assertThat(Files.getPosixFilePermissions(folder.resolve("private"))).hasSize(3);
        }
    }
}
