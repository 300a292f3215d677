package dev.holdfast.check;

import dev.holdfast.check.exception.Exceptions.Excepted;
import dev.holdfast.core.Gap;
import dev.holdfast.manifest.InputKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the checks of one target came to.
 *
 * @param given the target as the user gave it
 * @param kind what it is: {@code folder}, or the kind of input of a single file, or {@code unknown}
 * @param judged how many files of each kind were judged
 * @param foreign how many files were looked at and are none of ours
 * @param charts how many Helm charts it holds
 * @param results in the order of urgency
 * @param gaps what could not be seen; sorted
 * @param excepted findings that do not count, each with the exception that says so
 */
public record CheckReport(
        String given,
        String kind,
        Map<InputKind, Integer> judged,
        int foreign,
        int charts,
        List<Result> results,
        List<Gap> gaps,
        List<Excepted> excepted,
        Verdict verdict) {
    public CheckReport {
        judged = java.util.Collections.unmodifiableMap(new TreeMap<>(judged));
        results = List.copyOf(results);
        gaps = List.copyOf(gaps);
        excepted = List.copyOf(excepted);
    }

    /** The failures, worst first. */
    public List<Result> failures() {
        return results.stream().filter(Result::isFailure).toList();
    }

    public int files() {
        return judged.values().stream().mapToInt(Integer::intValue).sum();
    }
}
