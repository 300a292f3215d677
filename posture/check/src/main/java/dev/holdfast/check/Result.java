package dev.holdfast.check;

import dev.holdfast.core.Severity;
import dev.holdfast.manifest.tree.Place;
import java.util.Comparator;
import java.util.Optional;

/**
 * What one check came to at one place.
 *
 * @param rule the rule's id
 * @param severity how bad it is, or would be
 * @param severityReason why, in one sentence
 * @param subject what it is about, for a person: {@code Deployment shop/web, container app}
 * @param path the file, as the target names it
 * @param place the field, or where it is missing the parent that should hold it; {@link Place#START} for a whole file
 * @param message one sentence: who has what, and what that means; for {@link Status#NOT_ASSESSED} the reason
 * @param fix what to write instead; empty where nothing is to be done
 * @param repair the same as a change to the text, where a program can make it
 */
public record Result(
        String rule,
        Status status,
        Severity severity,
        String severityReason,
        String subject,
        String path,
        Place place,
        String message,
        String fix,
        Optional<Repair> repair)
        implements Comparable<Result> {
    private static final Comparator<Result> ORDER = Comparator.comparing(Result::status)
            .thenComparing(Result::severity, Comparator.reverseOrder())
            .thenComparing(Result::path)
            .thenComparingInt(result -> result.place().line())
            .thenComparingInt(result -> result.place().column())
            .thenComparing(Result::rule)
            .thenComparing(Result::subject)
            .thenComparing(Result::message);

    @Override
    public int compareTo(Result other) {
        return ORDER.compare(this, other);
    }

    /** The same for a text that no program should change: one that was rendered from others. */
    Result withoutRepair() {
        return new Result(rule, status, severity, severityReason, subject, path, place, message, fix, Optional.empty());
    }

    /** The same as something that does not count, because somebody decided so. */
    public Result setAside(String because) {
        return new Result(
                rule,
                Status.NOT_APPLICABLE,
                severity,
                severityReason,
                subject,
                path,
                place,
                because,
                "",
                Optional.empty());
    }

    /** The same with another word on what to write instead. */
    Result withFix(String other) {
        return new Result(rule, status, severity, severityReason, subject, path, place, message, other, repair);
    }

    /** The same, told in other words. */
    Result withMessage(String other) {
        return new Result(rule, status, severity, severityReason, subject, path, place, other, fix, repair);
    }

    public boolean isFailure() {
        return status == Status.FAIL;
    }
}
