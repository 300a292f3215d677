package dev.holdfast.comply;

import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param check the id of the check
 * @param subject what it was about: an object of a manifest, an image
 * @param input the file or image, as it was given
 * @param digest what the input was, {@code sha256:…}; empty when it has none
 * @param place {@code line:column} inside of the input; empty when there is none
 * @param detail one sentence
 */
public record Observation(
        String check, Outcome outcome, String subject, String input, String digest, String place, String detail) {
    /** What came out. {@link #word()} is the stable name in JSON. */
    public enum Outcome {
        PASS,
        FAIL,
        /** It could not be looked at; the detail says why. */
        NOT_ASSESSED;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
