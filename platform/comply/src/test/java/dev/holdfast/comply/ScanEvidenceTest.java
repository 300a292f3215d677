package dev.holdfast.comply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.comply.Observation.Outcome;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScanEvidenceTest {
    private static List<Observation> read(String findings, String gaps) throws InputException {
        String report =
                "{\"schema\": \"holdfast-scan/1\", \"targets\": [{\"target\": {\"given\": \"shop:1\"}, \"packages\": [{}],"
                        + " \"findings\": [" + findings + "], \"gaps\": [" + gaps + "]}]}";
        return new ScanEvidence(Limits.DEFAULT).read(report.getBytes(StandardCharsets.UTF_8), "shop.json");
    }

    private static Map<String, Outcome> outcomes(List<Observation> observations) {
        Map<String, Outcome> outcomes = new TreeMap<>();
        observations.forEach(one -> outcomes.put(one.check(), one.outcome()));
        return outcomes;
    }

    @Test
    void failsOnWhatIsHighAndCountsWhatIsLess() throws Exception {
        String low = "{\"id\": \"CVE-1\", \"kind\": \"vulnerability\", \"severity\": \"medium\"}";
        String high = "{\"id\": \"CVE-2\", \"kind\": \"vulnerability\", \"severity\": \"critical\"}";
        assertThat(outcomes(read(low, ""))).containsEntry("scan-vulnerabilities", Outcome.PASS);
        List<Observation> failed = read(low + ", " + high, "");
        assertThat(outcomes(failed))
                .containsEntry("scan-vulnerabilities", Outcome.FAIL)
                .containsEntry("scan-secrets", Outcome.PASS)
                .containsEntry("scan-components", Outcome.PASS);
        assertThat(failed.getFirst().detail()).isEqualTo("1 found: CVE-2");
        assertThat(failed.getFirst().digest()).startsWith("sha256:");
    }

    @Test
    void showsNothingToBeAbsentBesideAGap() throws Exception {
        assertThat(outcomes(read("", "{\"code\": \"unreadable\"}")))
                .containsEntry("scan-secrets", Outcome.NOT_ASSESSED)
                .containsEntry("scan-vulnerabilities", Outcome.NOT_ASSESSED);
    }

    @Test
    void refusesWhatIsNoReport() {
        for (String text :
                List.of("{}", "[]", "{\"schema\": \"holdfast-check/1\"}", "{\"schema\": \"holdfast-scan/1\"}")) {
            assertThatThrownBy(() ->
                            new ScanEvidence(Limits.DEFAULT).read(text.getBytes(StandardCharsets.UTF_8), "x.json"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("x.json: no report of a scan");
        }
    }

    @Test
    void speaksToClausesThatTheFrameworksHave() throws Exception {
        for (Framework.Name name : Framework.Name.values()) {
            List<String> known = Framework.of(name).clauses().stream()
                    .map(Framework.Clause::id)
                    .toList();
            ScanEvidence.clauses(name).values().forEach(ids -> assertThat(known).containsAll(ids));
        }
        Framework nist = Framework.of(Framework.Name.NIST_800_190);
        Assessment assessment = new Assessor(nist, ScanEvidence.clauses(nist.name()))
                .assess(read("{\"id\": \"key\", \"kind\": \"secret\"}", ""), List.of(), List.of(), Instant.EPOCH);
        assertThat(assessment.results())
                .filteredOn(result -> result.state() == Assessment.State.CONTRADICTED)
                .extracting(result -> result.clause().id())
                .containsExactly("4.1.4");
        assertThat(assessment.results())
                .filteredOn(result -> result.state() == Assessment.State.SUPPORTED)
                .extracting(result -> result.clause().id())
                .containsExactly("4.1.1");
    }
}
