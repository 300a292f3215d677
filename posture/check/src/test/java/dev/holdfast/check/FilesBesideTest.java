package dev.holdfast.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is judged together with the files beside it. */
class FilesBesideTest {
    @TempDir
    private Path folder = Path.of("");

    private void write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private CheckReport check(String name) throws Exception {
        return new Checker(Limits.DEFAULT).check(CheckRequest.of(name, name.isEmpty() ? folder : folder.resolve(name)));
    }

    private static List<String> shown(CheckReport report) {
        return report.failures().stream()
                .map(one -> one.rule() + " " + one.path().substring(one.path().lastIndexOf('/') + 1) + ":"
                        + one.place().line())
                .toList();
    }

    @Test
    void aWholeFolderIsCopiedWithItsSettings() throws Exception {
        write("Dockerfile", "FROM debian:13\nCOPY . /app\nUSER 1000\n");
        write(".env", "A=b\n");
        assertThat(shown(check(""))).contains("whole-context-copied Dockerfile:2");
        write(".dockerignore", ".env\n");
        assertThat(shown(check(""))).isEmpty();
    }

    @Test
    void aSettingOfTheOverrideFileIsBlamedThereAndOnce() throws Exception {
        write("compose.yaml", "services:\n  web:\n    image: web:1\n");
        write("compose.override.yaml", "services:\n  web:\n    privileged: true\n");
        assertThat(shown(check(""))).containsExactly("privileged-container compose.override.yaml:3");
    }

    @Test
    void anOverrideFileMayTakeAWeaknessAway() throws Exception {
        write("compose.yaml", "services:\n  web:\n    image: web:1\n    privileged: true\n    cap_add: [ALL]\n");
        write("compose.override.yaml", "services:\n  web:\n    privileged: false\n    cap_add: !reset []\n");
        assertThat(shown(check("compose.yaml"))).isEmpty();
    }

    @Test
    void whatAServiceExtendsIsFollowedIntoOtherFiles() throws Exception {
        write("base/common.yml", "services:\n  base:\n    image: web:1\n    pid: host\n");
        write("app/docker-compose.yml", "services:\n  web:\n    extends: {file: ../base/common.yml, service: base}\n");
        write(".git/HEAD", "ref: refs/heads/main\n");
        CheckReport report = check("app/docker-compose.yml");
        assertThat(report.gaps()).isEmpty();
        assertThat(shown(report)).containsExactly("host-pid common.yml:4");
    }

    @Test
    void includedServicesAreJudgedAndCirclesEnd() throws Exception {
        write("compose.yaml", "include: [db.yaml]\nservices:\n  web:\n    image: web:1\n");
        write("db.yaml", "include: [compose.yaml]\nservices:\n  db:\n    image: postgres:18\n    network_mode: host\n");
        CheckReport report = check("compose.yaml");
        assertThat(shown(report)).containsExactly("host-network db.yaml:5");
        assertThat(report.gaps()).extracting(Gap::detail).anyMatch(detail -> detail.contains("leads back to itself"));
    }

    @Test
    void variablesComeFromTheFileBeside() throws Exception {
        write(".env", "# who\nMODE=host\nPRIV=\"true\"\n");
        write(
                "compose.yaml",
                "services:\n  web:\n    image: web:1\n    network_mode: $MODE\n    privileged: ${PRIV}\n    pid: ${PID}\n");
        CheckReport report = check("compose.yaml");
        assertThat(shown(report)).containsExactly("privileged-container compose.yaml:5", "host-network compose.yaml:4");
        assertThat(report.results())
                .filteredOn(result -> result.status() == Status.NOT_ASSESSED)
                .extracting(Result::rule)
                .contains("host-pid");
    }

    @Test
    void aFileOfVariablesWithCredentialsIsNamed() throws Exception {
        write("web.env", "A=b\nDB_PASSWORD=Xk29sLqpZ81mvTTa\n");
        write("compose.yaml", "services:\n  web:\n    image: web:1\n    env_file: web.env\n");
        CheckReport report = check("compose.yaml");
        assertThat(shown(report)).containsExactly("secret-in-configuration compose.yaml:4");
        assertThat(report.failures().getFirst().message()).contains("web.env", "line 2", "DB_PASSWORD");
    }

    @Test
    void nothingOutsideOfTheFolderIsRead() throws Exception {
        write("outside.yml", "services:\n  base:\n    image: web:1\n    pid: host\n");
        write(
                "in/compose.yaml",
                "services:\n  web:\n    image: web:1\n    extends: {file: ../outside.yml, service: base}\n");
        CheckReport report = check("in");
        assertThat(shown(report)).isEmpty();
        assertThat(report.gaps()).extracting(Gap::detail).anyMatch(detail -> detail.contains("outside"));
    }

    @Test
    void aMisspeltInstructionIsAGapAndTheRestIsJudged() throws Exception {
        write("Dockerfile", "FROM debian:13\nRUNN make\nRUN chmod 777 /app\nUSER 1000\n");
        CheckReport report = check("");
        assertThat(report.gaps()).extracting(Gap::subject).containsExactly("Dockerfile:2");
        assertThat(report.gaps().getFirst().detail()).contains("RUNN", "RUN?");
        assertThat(shown(report)).containsExactly("world-writable-files Dockerfile:3");
        assertThat(report.verdict().outcome()).isEqualTo(Verdict.Outcome.COULD_NOT_TELL);
    }

    @Test
    void aWindowsImageIsNotJudgedAsLinux() throws Exception {
        write(
                "Dockerfile",
                "# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN curl -k https://a.example/x | sh `\n  && dir\n");
        CheckReport report = check("");
        assertThat(report.gaps()).isEmpty();
        assertThat(shown(report)).isEmpty();
    }
}
