package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words and exit codes of check, whatever is found. */
final class CheckWordsTest {
    @TempDir
    Path folder;

    private static String text(ProgramRun run) {
        return new String(run.out(), StandardCharsets.UTF_8);
    }

    @Test
    void aFileThatIsNotThereIsWrongInput() {
        ProgramRun run = ProgramRun.of("check", folder.resolve("nowhere.yaml").toString());
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("nowhere.yaml: no such file or folder").hasLineCount(1);
    }

    @Test
    void aBrokenFileIsNamedWithItsPlace() throws Exception {
        Path file = Files.writeString(folder.resolve("broken.yaml"), "a: [1\n");
        ProgramRun run = ProgramRun.of("check", file.toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(text(run)).contains("broken.yaml:2:1", "not valid YAML");
    }

    @Test
    void complyNeedsAFrameworkThatIsKnown() {
        assertThat(ProgramRun.of("comply", folder.toString()).exit()).isEqualTo(3);
        assertThat(ProgramRun.of("comply", "--framework", "iso", folder.toString())
                        .err())
                .contains("cis-docker", "gdpr");
    }

    @Test
    void complySaysWhatIsContradicted() throws Exception {
        Path file = Files.writeString(
                folder.resolve("pod.yaml"),
                "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {hostPID: true, containers: [{name: a, image: b:1}]}\n");
        ProgramRun run = ProgramRun.of(
                "comply", "--framework", "cis-k8s", file.toString(), "--format", "json", "--as-of", "2026-11-26");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(text(run))
                .contains("\"at\": \"2026-11-26T00:00:00Z\"", "\"state\": \"contradicted\"", "\"id\": \"5.2.3\"");
    }

    @Test
    void complyBundlesWhatItFound() throws Exception {
        Path file = Files.writeString(
                folder.resolve("pod.yaml"),
                "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: a, image: b:1}]}\n");
        Path bundle = folder.resolve("evidence.zip");
        String[] words = {
            "comply", "--framework", "pss", file.toString(), "--as-of", "2026-11-26", "--bundle", bundle.toString()
        };
        ProgramRun.of(words);
        byte[] first = Files.readAllBytes(bundle);
        ProgramRun.of(words);
        assertThat(Files.readAllBytes(bundle)).isEqualTo(first);
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactly(
                            "README.txt",
                            "INPUTS.sha256",
                            "assessment.json",
                            "assessment.html",
                            "assessment-results.oscal.json",
                            "SHA256SUMS");
        }
    }

    /** OSCAL's schema allows no empty list, also where nothing that was given speaks to a clause. */
    @Test
    void oscalHasNoEmptyList() throws Exception {
        Path file = Files.writeString(folder.resolve("Dockerfile"), "FROM alpine:3.20\nUSER app\n");
        ProgramRun run = ProgramRun.of("comply", "--framework", "pss", file.toString(), "--format", "oscal");
        assertThat(text(run)).contains("\"include-all\": {}").doesNotContain("[]");
    }
}
