package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ignore files and VEX documents through the whole program: gate, formats, explanation. */
final class ExceptionsTest {
    private static final String FLAW = "CVE-2023-4911";

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void make() throws Exception {
        shop = Shop.in(folder);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String rule(String more) throws IOException {
        return file("ignore.yaml", "exceptions:\n  - id: " + FLAW + "\n    reason: no setuid\n    owner: me\n" + more);
    }

    private String vex(String product) throws IOException {
        return file("vex.json", """
                {"@context":"https://openvex.dev/ns/v0.2.0","@id":"x","author":"Example","timestamp":"2026-01-01T00:00:00Z","version":1,
                 "statements":[{"vulnerability":{"name":"%s"},"products":[{"@id":"%s"}],"status":"not_affected",
                 "justification":"vulnerable_code_not_present"}]}
                """.replaceFirst("%s", FLAW).replaceFirst("%s", product));
    }

    private ProgramRun scan(String... words) {
        return shop.run("scan", words);
    }

    private static JsonValue target(ProgramRun run) throws Exception {
        return run.json().get("targets").elements().getFirst();
    }

    private static List<String> counted(JsonValue target) {
        return target.get("findings").elements().stream()
                .map(finding -> finding.get("id").text().orElse(""))
                .toList();
    }

    @Test
    void theGatePassesWhatIsExcepted() throws Exception {
        assertThat(scan("--fail-on", "high").exit()).isEqualTo(1);
        ProgramRun run = scan("--fail-on", "high", "--ignore-file", rule(""));
        assertThat(run.exit()).isZero();
        assertThat(run.text()).contains("set aside 1").contains("1 finding set aside");
    }

    @Test
    void anExpiredExceptionFailsTheGateAgain() throws Exception {
        ProgramRun run = scan("--fail-on", "high", "--ignore-file", rule("    expires: 2026-11-24\n"));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.text()).contains("held until 2026-11-24").contains("counts again");
    }

    @Test
    void jsonKeepsWhatIsSetAside() throws Exception {
        JsonValue target = target(scan("--format", "json", "--ignore-file", rule("    expires: 2027-01-31\n")));
        assertThat(counted(target)).doesNotContain(FLAW);
        JsonValue aside = target.get("suppressed").elements().getFirst();
        assertThat(aside.get("id").text()).contains(FLAW);
        assertThat(aside.get("status").text()).contains("ignored until 2027-01-31 (me: no setuid)");
        assertThat(aside.at("exception", "expires").text()).contains("2027-01-31");
    }

    @Test
    void aSupplierClearsItsImage() throws Exception {
        JsonValue target = target(scan("--format", "json", "--vex", vex("shop:1")));
        assertThat(counted(target)).doesNotContain(FLAW);
        assertThat(target.get("suppressed").elements().getFirst().get("status").text())
                .contains("not affected (VEX by Example, vulnerable_code_not_present)");
    }

    @Test
    void aStatementThatNearlyMatchesIsTold() throws Exception {
        JsonValue target = target(scan("--format", "json", "--vex", vex("pkg:deb/debian/glibc@2.36-8")));
        assertThat(counted(target)).contains(FLAW);
        assertThat(target.get("notices").elements().getFirst().get("code").text())
                .contains("nearly-matches");
    }

    @Test
    void sarifMarksItSuppressed() throws Exception {
        JsonValue run = scan("--format", "sarif", "--vex", vex("shop:1"))
                .json()
                .get("runs")
                .elements()
                .getFirst();
        JsonValue last = run.get("results").elements().getLast();
        assertThat(last.get("ruleId").text()).contains(FLAW);
        assertThat(last.get("suppressions").elements().getFirst().get("kind").text())
                .contains("external");
    }

    @Test
    void explainTellsTheException() throws Exception {
        ProgramRun run = shop.run("explain", FLAW, "--ignore-file", rule(""));
        assertThat(run.text())
                .contains(FLAW + " does not count")
                .contains("ignored (me: no setuid)")
                .contains("ignore.yaml:2");
    }

    @Test
    void whatWasWrittenAsOpenVexClearsAgain() throws Exception {
        ProgramRun first = scan(
                "--format",
                "openvex",
                "--ignore-file",
                rule("    justification: vulnerable_code_not_in_execute_path\n"));
        String statements = file("again.json", first.text());
        assertThat(counted(target(scan("--format", "json", "--vex", statements))))
                .doesNotContain(FLAW);
        assertThat(first.out())
                .isEqualTo(scan(
                                "--format",
                                "openvex",
                                "--ignore-file",
                                rule("    justification: vulnerable_code_not_in_execute_path\n"))
                        .out());
    }

    @Test
    void anAcceptedRiskIsNotCalledHarmless() throws Exception {
        JsonValue statement = scan("--format", "openvex", "--ignore-file", rule(""))
                .json()
                .get("statements")
                .elements()
                .getFirst();
        assertThat(statement.get("status").text()).contains("affected");
        assertThat(statement.get("action_statement").text()).contains("accepted: ignored (me: no setuid)");
    }

    @Test
    void badFilesAreWrongInputWithTheirPlace() throws Exception {
        ProgramRun ignore = scan("--ignore-file", file("bad.yaml", "- id: X\n  reasn: y\n"));
        assertThat(ignore.exit()).isEqualTo(3);
        assertThat(ignore.err()).contains("bad.yaml:2:3").contains("did you mean reason");
        ProgramRun vex = scan("--vex", file("bad.json", "{\n oops"));
        assertThat(vex.exit()).isEqualTo(3);
        assertThat(vex.err()).contains("bad.json").contains("line 2, column");
        assertThat(scan("--vex", folder.resolve("absent").toString()).exit()).isEqualTo(4);
    }
}
