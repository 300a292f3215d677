package dev.holdfast.store;

import dev.holdfast.core.Digest;
import dev.holdfast.core.Severity;
import java.time.Instant;

/**
 * What was found about an image.
 *
 * @param digest of the image, as those name it who run it: of its manifest or of its index
 * @param sentence why, for a person
 * @param policy digest of what was asked of the image, empty when whoever reported it did not say
 * @param snapshot digest of the advisory base that it was judged by
 * @param reporter who says so: the server's own scans, or the name in a client's certificate
 * @param counts of the findings that count, those set aside left out
 * @param judged when the scan was made
 * @param expires from when on it says nothing any more
 */
public record Verdict(
        Digest digest,
        Outcome outcome,
        String sentence,
        String policy,
        String snapshot,
        String reporter,
        Counts counts,
        Instant judged,
        Instant expires) {
    /** The three outcomes. */
    public enum Outcome {
        PASS,
        FAIL,
        COULD_NOT_TELL
    }

    /** How many findings of each severity. */
    public record Counts(int critical, int high, int medium, int low, int others) {
        /** Nothing was found. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        /** One more. */
        public Counts and(Severity severity) {
            return switch (severity) {
                case CRITICAL -> new Counts(critical + 1, high, medium, low, others);
                case HIGH -> new Counts(critical, high + 1, medium, low, others);
                case MEDIUM -> new Counts(critical, high, medium + 1, low, others);
                case LOW -> new Counts(critical, high, medium, low + 1, others);
                case NEGLIGIBLE, UNKNOWN -> new Counts(critical, high, medium, low, others + 1);
            };
        }

        /** How many at or above a severity. */
        public int atLeast(Severity severity) {
            return switch (severity) {
                case CRITICAL -> critical;
                case HIGH -> critical + high;
                case MEDIUM -> critical + high + medium;
                case LOW -> critical + high + medium + low;
                case NEGLIGIBLE, UNKNOWN -> critical + high + medium + low + others;
            };
        }
    }

    /** Whether it still says something. */
    public boolean holdsAt(Instant now) {
        return now.isBefore(expires);
    }
}
