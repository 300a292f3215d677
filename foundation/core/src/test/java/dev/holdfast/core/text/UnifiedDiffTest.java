package dev.holdfast.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnifiedDiffTest {
    private static final long SEED = Long.getLong("holdfast.seed", 1);

    @TempDir
    Path folder;

    @Test
    void changesFarApartAreHunksOfTheirOwn() {
        UnifiedDiff diff = new UnifiedDiff("f", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n");
        diff.replace(1, 1, List.of("two", "more"));
        diff.replace(11, 1, List.of());

        assertThat(diff)
                .hasToString("--- f\n+++ f\n@@ -1,5 +1,6 @@\n 1\n-2\n+two\n+more\n 3\n 4\n 5\n"
                        + "@@ -9,4 +10,3 @@\n 9\n 10\n 11\n-12\n");
    }

    @Test
    void nothingChangedIsNothing() {
        assertThat(new UnifiedDiff("f", "a\n")).hasToString("");
        assertThat(new UnifiedDiff("f", "a\n").isEmpty()).isTrue();
    }

    @Test
    void emptyTextCanBeAddedTo() {
        UnifiedDiff diff = new UnifiedDiff("f", "");
        diff.replace(0, 0, List.of("a"));
        assertThat(diff).hasToString("--- f\n+++ f\n@@ -0,0 +1,1 @@\n+a\n");
    }

    /** What {@code patch} makes of any diff is the changed text. */
    @Test
    void patchMakesOfItWhatWasMeant() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/patch")), "patch is not installed");
        Random random = new Random(SEED);
        for (int run = 0; run < 60; run++) {
            List<String> lines = new ArrayList<>();
            int count = random.nextInt(30);
            for (int i = 0; i < count; i++) {
                lines.add("line " + random.nextInt(5));
            }
            boolean isEnded = random.nextBoolean() || lines.isEmpty();
            String text = String.join("\n", lines) + (isEnded && !lines.isEmpty() ? "\n" : "");
            UnifiedDiff diff = new UnifiedDiff("f", text);
            List<String> meant = new ArrayList<>();
            boolean endsNew = false;
            for (int at = 0; at <= lines.size(); ) {
                int removed = Math.min(lines.size() - at, random.nextInt(6) == 0 ? random.nextInt(3) : 0);
                List<String> added = random.nextInt(6) == 0 ? List.of("new " + at) : List.of();
                if (removed > 0 || !added.isEmpty()) {
                    diff.replace(at, removed, added);
                    meant.addAll(added);
                    endsNew = at + removed >= lines.size() && !added.isEmpty();
                }
                at += removed;
                if (at < lines.size()) {
                    meant.add(lines.get(at));
                    endsNew = false;
                }
                at++;
            }
            boolean keepsLast = !isEnded && !endsNew && !meant.isEmpty() && patchedEndIsOld(diff, lines);
            String expected = String.join("\n", meant) + (meant.isEmpty() || keepsLast ? "" : "\n");
            assertThat(patched(text, diff))
                    .as("seed %d, run %d\n%s", SEED, run, diff)
                    .isEqualTo(expected);
        }
    }

    /** Whether the last line of the old text is still the last. */
    private static boolean patchedEndIsOld(UnifiedDiff diff, List<String> lines) {
        return !diff.toString().contains("-" + lines.getLast() + "\n\\ No newline");
    }

    private String patched(String text, UnifiedDiff diff) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("f"), text);
        if (diff.isEmpty()) {
            return text;
        }
        Path patch = Files.writeString(folder.resolve("p"), diff.toString());
        Process process = new ProcessBuilder(
                        "patch", "-p0", "-s", "--no-backup-if-mismatch", "-F0", "-i", patch.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told + "\n" + diff).isZero();
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
