package dev.holdfast.advisory.feed;

import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import java.util.List;

/**
 * Builds what one feed says of one package under one advisory.
 *
 * @param advisory see {@link Statement}
 * @param namespace see {@link Statement}
 * @param packageName see {@link Statement}
 * @param qualifiers see {@link Statement}
 * @param rating see {@link Statement}
 */
public record Statements(String advisory, String namespace, String packageName, Qualifiers qualifiers, String rating) {

    /** Without qualifiers. */
    public static Statements of(String advisory, String namespace, String packageName, String rating) {
        return new Statements(advisory, namespace, packageName, Qualifiers.NONE, rating);
    }

    /** Every version below the fix is affected. */
    public Statement fixedIn(String fix) {
        return statement(Status.FIXED, List.of(Range.below(fix)), List.of(fix));
    }

    /** It is not affected, in any version. */
    public Statement notAffected() {
        return statement(Status.NOT_AFFECTED, List.of(), List.of());
    }

    /** Said of every version. */
    public Statement ofEvery(Status status) {
        return statement(status, List.of(), List.of());
    }

    /** Said of every version below a bound, or of every version where that is empty; no fix is named. */
    public Statement below(Status status, String bound) {
        return statement(status, bound.isEmpty() ? List.of() : List.of(Range.below(bound)), List.of());
    }

    /** Said of some ranges. */
    public Statement statement(Status status, List<Range> ranges, List<String> fixedIn) {
        return new Statement(advisory, namespace, packageName, status, ranges, List.of(), fixedIn, qualifiers, rating);
    }
}
