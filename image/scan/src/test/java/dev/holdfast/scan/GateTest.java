package dev.holdfast.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Gap.Code;
import dev.holdfast.core.Severity;
import dev.holdfast.scan.Verdict.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pass, fail, or could not tell. Trap 54. */
final class GateTest {
    private static Finding finding(Severity severity) {
        return new Finding(
                "CVE-2024-1001",
                Finding.Kind.VULNERABILITY,
                List.of(),
                Optional.empty(),
                severity,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "unfixed",
                Optional.empty(),
                "",
                List.of(),
                "",
                List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "HIGH, HIGH, FAIL",
        "CRITICAL, HIGH, FAIL",
        "MEDIUM, HIGH, PASS",
        "UNKNOWN, LOW, PASS",
        "UNKNOWN, UNKNOWN, FAIL"
    })
    void failsAtOrAboveTheLevel(Severity found, Severity level, Outcome expected) {
        assertThat(Gate.decide(List.of(finding(found)), List.of(), Optional.of(level))
                        .outcome())
                .isEqualTo(expected);
    }

    @Test
    void passesWithoutALevelWhateverIsFound() {
        assertThat(Gate.decide(List.of(finding(Severity.CRITICAL)), List.of(), Optional.empty())
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void aFindingOverTheLevelOutweighsAGap() {
        List<Gap> gaps = List.of(new Gap(Code.LIMIT, "/app.jar", "too deep"));
        assertThat(Gate.decide(List.of(finding(Severity.HIGH)), gaps, Optional.of(Severity.HIGH))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void onlyGapsThatHideFindingsForbidToTell(Code code) {
        boolean hides = switch (code) {
            case UNREADABLE,
                    LIMIT,
                    ENCRYPTED,
                    MISSING_LAYER,
                    UNKNOWN_DISTRIBUTION,
                    NO_ADVISORIES,
                    END_OF_LIFE,
                    UNDEFINED,
                    NO_PERMISSION -> true;
            case HISTORY_MISMATCH, STALE_SOURCE, UNCOMPARABLE_VERSION, UNKNOWN_VERSION, UNSUPPORTED, UNFOLLOWED ->
                false;
        };
        Verdict verdict = Gate.decide(List.of(), List.of(new Gap(code, "thing", "why")), Optional.empty());
        assertThat(verdict.outcome()).isEqualTo(hides ? Outcome.COULD_NOT_TELL : Outcome.PASS);
        if (hides) {
            assertThat(verdict.sentence()).isEqualTo("thing: why");
        }
    }
}
