package dev.holdfast.check;

import java.util.Locale;

/**
 * What a check comes to.
 *
 * @param sentence for a person, without the outcome's word
 */
public record Verdict(Outcome outcome, String sentence) {
    /** The three ways it can end. */
    public enum Outcome {
        PASS,
        FAIL,
        COULD_NOT_TELL;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
