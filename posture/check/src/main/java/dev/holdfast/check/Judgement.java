package dev.holdfast.check;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.InputKind;
import java.util.List;
import java.util.Map;

/** Turns results and gaps into one verdict: failures at the threshold fail, else what could not be seen leaves it open. */
final class Judgement {
    private Judgement() {}

    static Verdict of(List<Result> results, List<Gap> gaps, Map<InputKind, Integer> judged, CheckRequest request) {
        Severity threshold = request.failOn().orElse(Checker.USUAL_THRESHOLD);
        long failures = results.stream().filter(Result::isFailure).count();
        long over = results.stream()
                .filter(result -> result.isFailure() && result.severity().atLeast(threshold))
                .count();
        long errors = results.stream()
                .filter(result -> result.status() == Status.ERROR)
                .count();
        if (over > 0) {
            return new Verdict(
                    Verdict.Outcome.FAIL,
                    over + (over == 1 ? " finding" : " findings") + " at or above " + threshold.word());
        }
        if (!gaps.isEmpty() || errors > 0) {
            return new Verdict(
                    Verdict.Outcome.COULD_NOT_TELL,
                    "no finding at or above " + threshold.word() + " in what could be read, and "
                            + (gaps.size() + errors) + " could not be");
        }
        int files = judged.values().stream().mapToInt(Integer::intValue).sum();
        String seen = files + (files == 1 ? " file" : " files");
        return new Verdict(
                Verdict.Outcome.PASS,
                failures == 0
                        ? "nothing found in " + seen
                        : failures + (failures == 1 ? " finding" : " findings") + " in " + seen + ", none at or above "
                                + threshold.word());
    }
}
