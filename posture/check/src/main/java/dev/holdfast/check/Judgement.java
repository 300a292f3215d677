package dev.holdfast.check;

import dev.holdfast.check.pss.PodSecurity;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.InputKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns results and gaps into one verdict: failures at the threshold fail, else what could not be seen leaves it open. */
final class Judgement {
    private Judgement() {}

    /** @param excepted how many findings do not count by decision */
    static Verdict of(
            List<Result> results, List<Gap> gaps, int excepted, Map<InputKind, Integer> judged, CheckRequest request) {
        Verdict verdict = of(results, gaps, judged, request);
        return excepted == 0
                ? verdict
                : new Verdict(verdict.outcome(), verdict.sentence() + "; " + excepted + " set aside by exceptions");
    }

    private static Verdict of(
            List<Result> results, List<Gap> gaps, Map<InputKind, Integer> judged, CheckRequest request) {
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

    /** Whether every pod is admitted. */
    static Verdict ofPodSecurity(List<Result> results, List<Gap> gaps, PodSecurity standards) {
        Map<String, List<String>> refused = new LinkedHashMap<>();
        Set<String> asked = new HashSet<>();
        for (Result result : results) {
            asked.add(result.path() + " " + result.subject());
            if (result.isFailure()) {
                refused.computeIfAbsent(result.subject(), _ -> new ArrayList<>())
                        .add(result.message());
            }
        }
        if (!refused.isEmpty()) {
            return new Verdict(Verdict.Outcome.FAIL, refusal(refused, asked.size(), standards));
        }
        if (!gaps.isEmpty() || results.stream().anyMatch(result -> result.status() == Status.ERROR)) {
            return new Verdict(
                    Verdict.Outcome.COULD_NOT_TELL, "not everything could be read, and the rest meets " + standards);
        }
        return new Verdict(
                Verdict.Outcome.PASS,
                asked.isEmpty()
                        ? "no pod to be admitted"
                        : (asked.size() == 1 ? "admitted at " : "all " + asked.size() + " admitted at ") + standards);
    }

    /** For a pod the very words of the server; what a controller makes later it only warns of. */
    private static String refusal(Map<String, List<String>> refused, int asked, PodSecurity standards) {
        if (refused.size() > 1 || asked > 1) {
            return refused.size() + " of " + asked + " not admitted at " + standards + ": "
                    + String.join(", ", refused.keySet());
        }
        Map.Entry<String, List<String>> only = refused.entrySet().iterator().next();
        String violates = "PodSecurity \"" + standards + "\": " + String.join(", ", only.getValue());
        return only.getKey().startsWith("Pod ")
                ? "pods \""
                        + only.getKey()
                                .substring(only.getKey().lastIndexOf('/') + 1)
                                .replaceFirst("^Pod ", "") + "\" is forbidden: violates " + violates
                : "would violate " + violates;
    }
}
