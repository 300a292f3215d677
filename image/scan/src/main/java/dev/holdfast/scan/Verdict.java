package dev.holdfast.scan;

import java.util.Locale;

/**
 * The decision on one target.
 *
 * @param outcome yes, no, or could not tell
 * @param sentence why, for a person
 */
public record Verdict(Outcome outcome, String sentence) {
    /** The three outcomes. */
    public enum Outcome {
        PASS,
        FAIL,
        COULD_NOT_TELL;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
