package dev.holdfast.scan;

import dev.holdfast.core.Finding;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Severity;
import java.util.List;
import java.util.Optional;

/**
 * Decides on a target from its findings and gaps. A finding at or over the threshold fails. Without one, a gap that could hide such a
 * finding means that nobody can tell. Only then does the target pass.
 */
final class Gate {
    private Gate() {}

    static Verdict decide(List<Finding> findings, List<Gap> gaps, Optional<Severity> failOn) {
        if (failOn.isPresent()) {
            long over = findings.stream()
                    .filter(finding -> finding.severity().atLeast(failOn.get()))
                    .count();
            if (over > 0) {
                String noun = over == 1 ? " finding" : " findings";
                return new Verdict(
                        Verdict.Outcome.FAIL,
                        over + noun + " at or above " + failOn.get().word());
            }
        }
        List<Gap> hiding = gaps.stream().filter(gap -> hides(gap.code())).toList();
        if (!hiding.isEmpty()) {
            Gap first = hiding.getFirst();
            String more = hiding.size() == 1 ? "" : " (and " + (hiding.size() - 1) + " more)";
            return new Verdict(Verdict.Outcome.COULD_NOT_TELL, first.subject() + ": " + first.detail() + more);
        }
        return new Verdict(
                Verdict.Outcome.PASS,
                failOn.map(level -> "nothing at or above " + level.word())
                        .orElse("scanned; no gate was set (--fail-on LEVEL sets one)"));
    }

    /** Whether findings may hide behind such a gap, so that silence means nothing. */
    private static boolean hides(Gap.Code code) {
        return switch (code) {
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
    }
}
