package dev.holdfast.comply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.comply.Assessment.ClauseResult;
import dev.holdfast.comply.Assessment.State;
import dev.holdfast.comply.Observation.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AssessorTest {
    private static final Map<String, List<String>> CLAUSES_OF = Map.of(
            "privileged", List.of("5.5"),
            "image-not-signed", List.of("4.5", "4.12"),
            "exec-root", List.of("1.2.1", "no such clause"));

    private static State stateOf(String clause, Observation... observations) {
        return resultOf(clause, observations).state();
    }

    private static ClauseResult resultOf(String clause, Observation... observations) {
        Assessment assessment = new Assessor(Framework.of(Framework.Name.CIS_DOCKER), CLAUSES_OF)
                .assess(List.of(observations), List.of(), List.of(), Instant.EPOCH);
        return assessment.results().stream()
                .filter(result -> result.clause().id().equals(clause))
                .findFirst()
                .orElseThrow();
    }

    private static Observation saw(String check, Outcome outcome) {
        return new Observation(check, outcome, "web", "compose.yaml", "sha256:00", "3:5", "seen");
    }

    @Test
    void passingChecksProveATechnicalClause() {
        assertThat(stateOf("5.5", saw("privileged", Outcome.PASS))).isEqualTo(State.PROVEN);
    }

    @Test
    void passingChecksOnlySupportAClauseThatAsksForMore() {
        assertThat(stateOf("4.5", saw("image-not-signed", Outcome.PASS))).isEqualTo(State.SUPPORTED);
    }

    @Test
    void oneFailureContradicts() {
        ClauseResult result = resultOf("5.5", saw("privileged", Outcome.PASS), saw("privileged", Outcome.FAIL));
        assertThat(result.state()).isEqualTo(State.CONTRADICTED);
        assertThat(result.evidence().getFirst().outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void whatCouldNotBeLookedAtProvesNothing() {
        assertThat(stateOf("5.5", saw("privileged", Outcome.NOT_ASSESSED))).isEqualTo(State.NOT_SHOWN);
        assertThat(stateOf("5.5", saw("privileged", Outcome.PASS), saw("privileged", Outcome.NOT_ASSESSED)))
                .isEqualTo(State.SUPPORTED);
    }

    @Test
    void silenceProvesNothing() {
        assertThat(resultOf("5.5").reason()).isEqualTo("no input that was given speaks to it");
        assertThat(resultOf("2.1").reason()).isEqualTo("no check of this tool speaks to it");
        assertThat(stateOf("5.5")).isEqualTo(State.NOT_SHOWN);
    }

    @Test
    void aClauseOutOfReachIsNotShownByAPass() {
        assertThat(stateOf("1.2.1", saw("exec-root", Outcome.PASS))).isEqualTo(State.NOT_SHOWN);
    }

    @ParameterizedTest
    @EnumSource(Framework.Name.class)
    void everyFrameworkHasDistinctClauses(Framework.Name name) {
        Framework framework = Framework.of(name);
        assertThat(framework.title()).isNotEmpty();
        assertThat(framework.clauses())
                .extracting(Framework.Clause::id)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(10);
        assertThat(framework.clauses()).allSatisfy(clause -> {
            assertThat(clause.text()).isNotEmpty();
            assertThat(clause.reason().isEmpty()).isEqualTo(clause.reach() != Framework.Reach.NONE);
        });
        assertThat(Framework.Name.of(name.word())).contains(name);
    }
}
