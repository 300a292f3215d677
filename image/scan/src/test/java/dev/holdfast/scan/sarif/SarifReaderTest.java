package dev.holdfast.scan.sarif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.scan.Brought;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SarifReaderTest {
    /** As CodeQL writes it: rules in an extension, severities as text, a suppressed result. */
    private static final String CODEQL = """
            {"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{
              "results":[
                {"ruleId":"js/sql-injection","rule":{"id":"js/sql-injection","index":0,"toolComponent":{"index":0}},
                 "message":{"text":"This query depends on a [user-provided value](1)."},
                 "locations":[{"physicalLocation":{"artifactLocation":{"uri":"src/my%20db.js","uriBaseId":"%SRCROOT%","index":0},
                   "region":{"startLine":42,"startColumn":3}}}]},
                {"ruleId":"js/unused","message":{"id":"default","arguments":["x"]},
                 "locations":[{"physicalLocation":{"artifactLocation":{"index":0}}}],
                 "suppressions":[{"kind":"inSource","justification":"generated"}]},
                {"ruleId":"js/unused","level":"note","message":{"text":"y"},
                 "suppressions":[{"kind":"external","status":"rejected"}]},
                {"ruleId":"js/unused","kind":"pass","message":{"text":"fine"}},
                {"ruleId":"js/unused","kind":"review","message":{"text":"look"}},
                {"ruleId":"js/unused","baselineState":"absent","message":{"text":"gone"}}],
              "artifacts":[{"location":{"uri":"src/other.js","index":0}}],
              "tool":{"driver":{"name":"CodeQL","semanticVersion":"2.19.0","rules":[
                  {"id":"js/unused","defaultConfiguration":{"level":"error"},"messageStrings":{"default":{"text":"{0} is unused"}}}]},
                "extensions":[{"name":"codeql/javascript-queries","rules":[
                  {"id":"js/sql-injection","shortDescription":{"text":"Database query built from user input"},
                   "properties":{"security-severity":"8.8","tags":["security","external/cwe/cwe-089"]}}]}]}}]}
            """;

    @TempDir
    Path folder;

    private Brought read(String document) throws IOException, InputException {
        return new SarifReader(Limits.DEFAULT).read(Files.writeString(folder.resolve("scan.sarif"), document));
    }

    private void rejects(String document, String... told) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(document))
                .satisfies(wrong ->
                        assertThat(wrong.getMessage()).contains("scan.sarif").contains(told));
    }

    private static String run(String members) {
        return "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"x\"}}," + members + "}]}";
    }

    @Test
    void readsRulesOfExtensionsAndWhatTheySayOfSeverity() throws Exception {
        Finding first = read(CODEQL).findings().getFirst();
        assertThat(first.id()).isEqualTo("js/sql-injection");
        assertThat(first.kind()).isEqualTo(Finding.Kind.CODE);
        assertThat(first.severity()).isEqualTo(Severity.HIGH);
        assertThat(first.score()).contains(8.8);
        assertThat(first.severityFrom()).isEqualTo("CodeQL 2.19.0 security-severity");
        assertThat(first.locations()).containsExactly(new Finding.Place("src/my db.js", -1, 42));
        assertThat(first.title()).startsWith("This query depends on");
    }

    @Test
    void countsFailedAndUndecidedResultsOnly() throws Exception {
        Brought brought = read(CODEQL);
        assertThat(brought.findings())
                .extracting(Finding::title, Finding::severity, Finding::status)
                .containsExactly(
                        tuple("This query depends on a [user-provided value](1).", Severity.HIGH, "unfixed"),
                        tuple("y", Severity.LOW, "unfixed"),
                        tuple("look", Severity.UNKNOWN, "under-investigation"));
        assertThat(brought.setAside())
                .extracting(
                        each -> each.finding().title(),
                        each -> each.ruling().reason(),
                        each -> each.finding().severity())
                .containsExactly(tuple("x is unused", "generated", Severity.HIGH));
        assertThat(brought.setAside().getFirst().finding().locations())
                .containsExactly(new Finding.Place("src/other.js", -1, 0));
    }

    @Test
    void takesAUsersLevelOverTheRulesOwn() throws Exception {
        Brought brought = read(run("""
                "invocations":[{"executionSuccessful":true,"ruleConfigurationOverrides":[
                  {"descriptor":{"id":"A"},"configuration":{"level":"note"}}]}],
                "results":[{"ruleId":"A","message":{"text":"m"}},{"ruleId":"B/1","message":{"text":"m"}}]"""));
        assertThat(brought.findings()).extracting(Finding::severity).containsExactly(Severity.LOW, Severity.MEDIUM);
    }

    @Test
    void givesKindsByTags() throws Exception {
        String document = """
                {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x","rules":[
                  {"id":"S","properties":{"tags":["secret"]},"shortDescription":{"text":"A key"}},{"id":"M","properties":{"tags":["IaC"]}}]}},
                 "results":[{"ruleId":"S","message":{"text":"found AKIA-real-value"}},{"ruleId":"M","message":{"text":"m"}},
                  {"ruleId":"CVE-2021-44228","message":{"text":"m"}}]}]}""";
        List<Finding> findings = read(document).findings();
        assertThat(findings)
                .extracting(Finding::kind)
                .containsExactly(Finding.Kind.SECRET, Finding.Kind.MISCONFIGURATION, Finding.Kind.VULNERABILITY);
        assertThat(findings.toString()).doesNotContain("AKIA-real-value");
    }

    @Test
    void aRunThatFailedIsAGapAndNotSilence() throws Exception {
        assertThat(read(run("\"invocations\":[{\"executionSuccessful\":false}],\"results\":[]"))
                        .gaps())
                .extracting(Gap::code)
                .containsExactly(Gap.Code.UNREADABLE);
        assertThat(read(run("\"columnKind\":\"utf16CodeUnits\"")).gaps()).hasSize(1);
        assertThat(read(run("\"externalPropertyFileReferences\":{\"results\":[{\"location\":{\"uri\":\"r.json\"}}]}"))
                        .gaps())
                .extracting(Gap::detail)
                .containsExactly("results lie in r.json, which was not read; inline them");
        assertThat(read(run("\"results\":[]")).gaps()).isEmpty();
    }

    @Test
    void rejectsWhatIsNoSarif() {
        rejects("{}", "no \"version\"");
        rejects("[]", "is an object");
        rejects("{\"version\":\"2.0.0\",\"runs\":[]}", "SARIF 2.0.0; 2.1.0 is read");
        rejects("{\"version\":\"2.1.0\"}", "without \"runs\"");
        rejects("{\"version\":\"2.1.0\",\"runs\":null}", "\"runs\" is null");
        rejects("{\"version\":\"2.1.0\",\"runs\":[{\n\"results\":[]}]}", "line 1", "tool.driver.name");
    }

    @Test
    void rejectsResultsWithPositionAndReason() {
        rejects(run("\"results\":[\n3]"), "line 2", "no object");
        rejects(run("\"results\":{}"), "\"results\" is no list");
        rejects(run("\"results\":[\n{\"level\":\"loud\"}]"), "line 2", "\"loud\" is no level");
        rejects(
                run("\"results\":[\n{\"properties\":{\"security-severity\":\"NaN\"}}]"),
                "line 2",
                "not a number from 0.0 to 10.0");
        rejects(run("\"results\":[{}]") + "x", "scan.sarif");
        rejects(CODEQL.substring(0, 700), "scan.sarif", "line");
    }

    @Test
    void rejectsNestingBomb() {
        rejects("{\"runs\":" + "[".repeat(100_000), "scan.sarif");
    }

    @Test
    void staysWithinItsErrorsWhateverBytesChange() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            char[] chars = CODEQL.toCharArray();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                chars[random.nextInt(chars.length)] = "{}[]\",:0%x\n".charAt(random.nextInt(11));
            }
            try {
                read(new String(chars));
            } catch (InputException expected) {
                assertThat(expected.getMessage()).as("seed %d", seed).contains("scan.sarif");
            }
        }
    }
}
