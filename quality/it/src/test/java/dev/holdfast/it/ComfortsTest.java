package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.ProgramRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configuration, templates and completion through the whole program. */
final class ComfortsTest {
    @TempDir
    Path folder;

    private String image = "";
    private String base = "";

    @BeforeEach
    void make() throws Exception {
        Shop shop = Shop.in(folder);
        image = shop.image();
        base = shop.base();
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws Exception {
        Path config = Files.writeString(folder.resolve("config.yaml"), "fail-on: low # strict\nformat: \"json\"\n");
        String[] words = {"scan", image, "--db", base, "--config", config.toString()};
        assertThat(ProgramRun.of(words).exit()).isEqualTo(1);
        Map<String, String> environment = Map.of("HOLDFAST_FAIL_ON", "critical");
        assertThat(ProgramRun.withEnvironment(environment, words).exit()).isZero();
        assertThat(ProgramRun.withEnvironment(
                                environment,
                                "scan",
                                image,
                                "--db",
                                base,
                                "--config",
                                config.toString(),
                                "--fail-on",
                                "low")
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void theUsersOwnFileIsFound() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home/holdfast"));
        Files.writeString(home.resolve("config.yaml"), "format: json\n");
        ProgramRun run = ProgramRun.withEnvironment(
                Map.of("XDG_CONFIG_HOME", folder.resolve("home").toString()), "scan", image, "--db", base);
        assertThat(run.text()).startsWith("{");
    }

    @Test
    void aMisspelledNameIsAnErrorWithTheNearest() throws Exception {
        Path config = Files.writeString(folder.resolve("config.yaml"), "\nfail-onn: high\n");
        ProgramRun run = ProgramRun.of("scan", image, "--config", config.toString());
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("config.yaml:2: no command has an option \"fail-onn\"; did you mean fail-on?");
        Files.writeString(config, "output: /tmp/x\n");
        assertThat(ProgramRun.of("scan", image, "--config", config.toString()).err())
                .contains("config.yaml:1: \"output\" is said on the command line only");
    }

    /** A folder may come from anybody: its file gives defaults for answers, and says neither whom to talk to nor what to write or change. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry-mirror: docker.io=evil.example",
                "webhook: http://evil.example",
                "record: /etc/passwd",
                "mirror: http://evil.example",
                "fix: true",
                "act: true"
            })
    void aFoldersFileSaysNeitherWhomToTalkToNorWhatToChange(String line) throws Exception {
        Files.writeString(folder.resolve(".holdfast.yaml"), line + "\n");
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.holdfast.cli.Main",
                        "base",
                        "list")
                .directory(folder.toFile())
                .start();
        String said = new String(run.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor()).isEqualTo(3);
        assertThat(said).contains(".holdfast.yaml:1:", "not taken from a folder's file");
    }

    @Test
    void aTemplateWritesWhatItSays() throws Exception {
        Path template = Files.writeString(folder.resolve("t"), """
                {{#each targets}}
                {{target.given | html}} {{verdict.outcome}}
                {{#each findings}}
                {{id}} {{severity | upper}} {{package}}
                {{/each}}
                {{/each}}
                """);
        ProgramRun run =
                ProgramRun.of("scan", image, "--db", base, "--format", "template", "--template", template.toString());
        assertThat(run.exit()).isZero();
        assertThat(run.text()).contains("image.tar pass\n", "CVE-2023-4911 HIGH pkg:deb/debian/glibc@2.36-9");
        Files.writeString(template, "x\n{{#each}}");
        ProgramRun wrong =
                ProgramRun.of("scan", image, "--db", base, "--format", "template", "--template", template.toString());
        assertThat(wrong.exit()).isEqualTo(3);
        assertThat(wrong.err()).contains(template + ": line 2:").hasLineCount(1);
        assertThat(ProgramRun.of("scan", image, "--db", base, "--format", "template")
                        .err())
                .contains("go together");
    }

    @Test
    void everyCommandsHelpBeginsWithAnExample() {
        for (String command : List.of(
                "scan",
                "explain",
                "fix",
                "sbom",
                "compare",
                "coverage",
                "base add",
                "base list",
                "base remove",
                "db build",
                "db update",
                "db import",
                "db export",
                "db info",
                "version compare",
                "version in",
                "completion")) {
            String[] words = (command + " --help").split(" ", -1);
            ProgramRun run = ProgramRun.of(words);
            assertThat(run.exit()).as(command).isZero();
            assertThat(run.text()).as(command).contains("Example: holdfast " + command);
        }
    }

    @Test
    void bashCompletesCommandsOptionsAndValues() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        Path script = Files.writeString(
                folder.resolve("holdfast.bash"),
                ProgramRun.of("completion", "bash").text());
        assertThat(completed(script, "holdfast", "sc")).containsExactly("scan");
        assertThat(completed(script, "holdfast", "db", "")).contains("update", "info");
        assertThat(completed(script, "holdfast", "scan", "--fail")).containsExactly("--fail-on");
        assertThat(completed(script, "holdfast", "scan", "x", "--fail-on", "cr"))
                .containsExactly("critical");
        assertThat(completed(script, "holdfast", "sbom", "x", "--format", "")).containsExactly("cyclonedx", "spdx");
        assertThat(completed(script, "holdfast", "version", "compare", "--q")).containsExactly("--quiet");
    }

    @Test
    void otherShellsHaveScriptsToo() {
        assertThat(ProgramRun.of("completion", "zsh").text()).startsWith("#compdef holdfast");
        assertThat(ProgramRun.of("completion", "fish").text())
                .contains("-n '__fish_seen_subcommand_from scan' -l fail-on -r -f -a 'critical high");
        assertThat(ProgramRun.of("completion", "tcsh").exit()).isEqualTo(3);
    }

    private static List<String> completed(Path script, String... words) throws IOException, InterruptedException {
        StringBuilder line = new StringBuilder("source '" + script + "'; COMP_WORDS=(");
        for (String word : words) {
            line.append('\'').append(word).append("' ");
        }
        line.append("); COMP_CWORD=")
                .append(words.length - 1)
                .append("; _holdfast; printf '%s\\n' \"${COMPREPLY[@]}\"");
        Process bash = new ProcessBuilder("/bin/bash", "-c", line.toString())
                .redirectErrorStream(true)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(out).isZero();
        return out.lines().filter(each -> !each.isEmpty()).toList();
    }
}
