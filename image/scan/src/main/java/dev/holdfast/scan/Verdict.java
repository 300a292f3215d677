package dev.holdfast.scan;

import java.util.Locale;

/**
 * The decision on one target.
 *
 * @param outcome yes, no, or could not tell
 * @param sentence why, for a person
 */
public record Verdict(Outcome outcome, String sentence) {
    /** The same verdict, which says how many findings were set aside before it. */
    Verdict without(int setAside) {
        return setAside == 0
                ? this
                : new Verdict(
                        outcome,
                        sentence + " (" + setAside + (setAside == 1 ? " finding" : " findings") + " set aside)");
    }

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
