package dev.holdfast.it.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code holdfast rules} as people call it. */
final class RulesCommandsTest {
    @TempDir
    Path folder;

    @Test
    void withoutFilesOurOwnRulesAreAsked() throws Exception {
        ProgramRun check = ProgramRun.of("rules", "check");
        assertThat(check.exit()).as(check.err()).isZero();
        assertThat(check.text()).isEmpty();
        assertThat(ProgramRun.of("rules", "list").text()).contains(OwnRules.count() + " rules, ");
        Path tests = Files.writeString(folder.resolve("tests.yaml"), """
                - test: nothing is told of an event that says nothing
                  event: {type: openat, fields: {proc.name: cat}}
                """);
        assertThat(ProgramRun.of("rules", "test", tests.toString()).text()).isEqualTo("1 of 1 tests pass\n");
    }

    @Test
    void aWrongFileIsToldWithItsPlaceInALine() throws Exception {
        Path file = Files.writeString(folder.resolve("rules.yaml"), """
                - rule: r
                  desc: d
                  condition: evt.type = open and no.such = 1
                  output: o
                  priority: INFO
                """);
        ProgramRun check = ProgramRun.of("rules", "check", file.toString());
        assertThat(check.exit()).isEqualTo(3);
        assertThat(check.text())
                .startsWith(file + ":3:34: error LOAD_ERR_COMPILE_CONDITION: rule 'r': ")
                .hasLineCount(1);
    }
}
