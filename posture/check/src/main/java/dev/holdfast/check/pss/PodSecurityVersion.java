package dev.holdfast.check.pss;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the standards: {@code v1.0} and on, or {@code latest}.
 *
 * @param minor the number after the point; for {@code latest} {@link Integer#MAX_VALUE}
 */
public record PodSecurityVersion(int minor) {
    /** The newest version whose controls are known here. */
    public static final PodSecurityVersion NEWEST = new PodSecurityVersion(37);

    public static final PodSecurityVersion LATEST = new PodSecurityVersion(Integer.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("v1\\.(0|[1-9][0-9]{0,8})");

    public PodSecurityVersion {
        if (minor < 0) {
            throw new IllegalArgumentException("a version is not negative");
        }
    }

    /**
     * Reads a version as the server reads it from a label: one that is still to come is taken, and gets the controls of {@link #NEWEST}.
     * Whoever gives a verdict asks {@link #isKnown} first.
     */
    public static Optional<PodSecurityVersion> ofWord(String word) {
        if (word.equals("latest")) {
            return Optional.of(LATEST);
        }
        Matcher form = FORM.matcher(word);
        return form.matches() ? Optional.of(new PodSecurityVersion(Integer.parseInt(form.group(1)))) : Optional.empty();
    }

    /** Whether its controls are known, and not only guessed to be those of the newest. */
    public boolean isKnown() {
        return this.equals(LATEST) || minor <= NEWEST.minor;
    }

    boolean atLeast(int other) {
        return minor >= other;
    }

    /** As the server writes it. */
    @Override
    public String toString() {
        return minor == Integer.MAX_VALUE ? "latest" : "v1." + minor;
    }
}
