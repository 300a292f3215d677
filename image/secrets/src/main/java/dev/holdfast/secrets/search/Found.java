package dev.holdfast.secrets.search;

import dev.holdfast.core.Severity;

/**
 * A value that was found in a file, before it is told without the value.
 *
 * @param rank how much speaks for it: of findings that overlap the highest counts
 * @param from where it begins in the file
 * @param to where it ends
 * @param kind identifier of its kind
 * @param title what it is, for a person
 * @param severity how bad it is that others can read it
 * @param line counted from 1; 0 where there are no lines
 * @param value the credential itself
 * @param proof what speaks for it beside its form, in a clause; may be empty
 * @param isSample whether its vendor publishes it
 */
public record Found(
        Rank rank,
        long from,
        long to,
        String kind,
        String title,
        Severity severity,
        int line,
        String value,
        String proof,
        boolean isSample) {
    /** How much a finding says. */
    enum Rank {
        GENERIC,
        NAMED,
        SHAPED,
        STRUCTURE
    }

    /** Without the value, which no message may show. */
    @Override
    public String toString() {
        return kind + " from " + from + " to " + to;
    }
}
