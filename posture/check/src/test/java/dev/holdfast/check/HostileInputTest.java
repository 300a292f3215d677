package dev.holdfast.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are made to break the reader, and files that are only unusual: each is judged, or named as a gap with its place. */
class HostileInputTest {
    @TempDir
    private Path folder = Path.of("");

    private CheckReport check(String name, String text, Charset charset) throws Exception {
        Path file = folder.resolve(name);
        Files.write(file, text.getBytes(charset));
        return new Checker(Limits.DEFAULT).check(CheckRequest.of(name, file));
    }

    private List<String> rules(String name, String text, Charset charset) throws Exception {
        CheckReport report = check(name, text, charset);
        assertThat(report.gaps()).isEmpty();
        return report.failures().stream().map(Result::rule).distinct().toList();
    }

    private String gap(String name, String text) throws Exception {
        CheckReport report = check(name, text, StandardCharsets.UTF_8);
        assertThat(report.gaps()).hasSize(1);
        Gap gap = report.gaps().getFirst();
        return gap.subject().substring(gap.subject().lastIndexOf('/') + 1) + " " + gap.detail();
    }

    @Test
    void readsDockerfilesInOldEncodings() throws Exception {
        String text = "# Gr\u00fc\u00dfe\nFROM debian:13\nUSER root\n";
        assertThat(rules("Dockerfile", text, StandardCharsets.ISO_8859_1)).containsExactly("runs-as-root");
        assertThat(rules("Dockerfile.web", "\uFEFF" + text, StandardCharsets.UTF_16LE))
                .containsExactly("runs-as-root");
        assertThat(rules("Containerfile", "\uFEFF" + text, StandardCharsets.UTF_8))
                .containsExactly("runs-as-root");
    }

    @Test
    void judgesJsonObjectsThatFollowOneAnother() throws Exception {
        String pod =
                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"%s\"},\"spec\":{\"hostPID\":true,"
                        + "\"containers\":[{\"name\":\"c\",\"image\":\"a:1\"}]}}\n";
        CheckReport report = check("two.json", pod.replace("%s", "a") + pod.replace("%s", "b"), StandardCharsets.UTF_8);
        assertThat(report.gaps()).isEmpty();
        assertThat(report.failures())
                .filteredOn(failure -> failure.rule().equals("host-pid"))
                .extracting(failure -> failure.place().line())
                .containsExactly(1, 2);
    }

    @Test
    void refusesAnchorsThatHoldThemselves() throws Exception {
        assertThat(gap("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: &a {name: p, labels: *a}\n"))
                .isEqualTo("pod.yaml:3:32 the alias *a stands inside of its own anchor");
    }

    @Test
    void refusesABillionLaughs() throws Exception {
        StringBuilder text = new StringBuilder("services: {w: {image: a:1}}\nx-a: &a [l, l, l, l, l, l, l, l, l, l]\n");
        for (char one = 'b'; one < 'k'; one++) {
            String alias = "*" + (char) (one - 1);
            text.append("x-")
                    .append(one)
                    .append(": &")
                    .append(one)
                    .append(" [")
                    .append((alias + ", ").repeat(9))
                    .append(alias)
                    .append("]\n");
        }
        assertThat(gap("compose.yaml", text.toString())).contains("compose.yaml:", "it unfolds to more than");
    }

    @Test
    void refusesKeysThatAreLists() throws Exception {
        assertThat(gap("compose.yaml", "services:\n  ? [a]\n  : {image: b}\n"))
                .isEqualTo("compose.yaml:2:5 a key must be a single value");
    }

    @Test
    void refusesNestingWithoutEnd() throws Exception {
        assertThat(gap("task.json", "{\"containerDefinitions\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
                .contains("task.json:1:", "deeper than");
        String substitutions = "FROM debian:13\nUSER 1\nRUN " + "$(".repeat(30_000) + "\n";
        assertThat(rules("Dockerfile", substitutions, StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void refusesVariablesThatDoubleThemselves() throws Exception {
        StringBuilder text = new StringBuilder("ARG A0=a\n");
        for (int i = 0; i < 64; i++) {
            text.append("ARG A")
                    .append(i + 1)
                    .append("=${A")
                    .append(i)
                    .append("}${A")
                    .append(i)
                    .append("}\n");
        }
        CheckReport report = check("Dockerfile", text + "FROM ${A64}\nUSER 1\n", StandardCharsets.UTF_8);
        assertThat(report.results()).noneMatch(result -> result.status() == Status.ERROR);
    }

    @Test
    void refusesAFileOfAHundredMegabytes() throws Exception {
        Path file = folder.resolve("pod.yaml");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(100 << 20);
        }
        assertThatThrownBy(() -> new Checker(Limits.DEFAULT).check(CheckRequest.of("pod.yaml", file)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("104857600 bytes");
        CheckReport report = new Checker(Limits.DEFAULT).check(CheckRequest.of("folder", folder));
        assertThat(report.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.code()).isEqualTo(Gap.Code.LIMIT));
    }

    @Test
    void looksIntoFilesThatAreOnlyNamedLikeDockerfiles() throws Exception {
        assertThat(rules("Dockerfile.go", "FROM debian:13\nUSER root\n", StandardCharsets.UTF_8))
                .containsExactly("runs-as-root");
        Files.writeString(folder.resolve("dockerfile.go"), "package dockerfile\n");
        Files.delete(folder.resolve("Dockerfile.go"));
        CheckReport report = new Checker(Limits.DEFAULT).check(CheckRequest.of("folder", folder));
        assertThat(report.gaps()).isEmpty();
    }
}
