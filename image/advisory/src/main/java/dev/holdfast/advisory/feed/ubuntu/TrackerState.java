package dev.holdfast.advisory.feed.ubuntu;

import dev.holdfast.advisory.fact.Statement.Status;
import java.util.Optional;

/**
 * What the tracker says of a package in a release: a word and a text in brackets, which is a version for {@code released} and
 * {@code pending}, and otherwise prose that may hold one.
 *
 * @param word {@code released}, {@code needed}, …
 * @param detail the text in brackets, stripped; often empty
 */
record TrackerState(String word, String detail) {

    /** Reads {@code released (1.2-3)}, {@code needed}, {@code ignored (end of life, was needed)}. */
    static TrackerState parse(String text) {
        String stripped = text.strip();
        int bracket = stripped.indexOf('(');
        String word = bracket < 0 ? stripped : stripped.substring(0, bracket).strip();
        String detail = bracket < 0 ? "" : stripped.substring(bracket + 1);
        int close = detail.lastIndexOf(')');
        return new TrackerState(word, (close < 0 ? detail : detail.substring(0, close)).strip());
    }

    /** Whether it is of no use: the package is not there ({@code DNE}), or nobody wrote anything. */
    boolean isSilent() {
        return word.equals("DNE") || word.isEmpty();
    }

    /** The status; empty for a word that we do not know. */
    Optional<Status> status() {
        return switch (word) {
            case "released" -> Optional.of(Status.FIXED);
            case "not-affected" -> Optional.of(Status.NOT_AFFECTED);
            case "needed", "pending", "active", "in-progress" -> Optional.of(Status.UNFIXED);
            case "needs-triage" -> Optional.of(Status.UNDER_INVESTIGATION);
            case "deferred" -> Optional.of(Status.DEFERRED);
            case "ignored" -> Optional.of(ignored());
            default -> Optional.empty();
        };
    }

    /** {@code ignored} because of what: the end of the release's support, or a decision. */
    private Status ignored() {
        if (detail.contains("was not-affected")) {
            return Status.NOT_AFFECTED;
        }
        boolean ended = detail.contains("end of life")
                || detail.contains("end-of-life")
                || detail.contains("end of standard support")
                || detail.contains("end of kernel support")
                || detail.contains("out of standard support");
        return ended ? Status.END_OF_LIFE : Status.WILL_NOT_FIX;
    }

    /** The version in the brackets of {@code released} and {@code pending}: their first word, when it can be one. */
    Optional<String> version() {
        if (!word.equals("released") && !word.equals("pending")) {
            return Optional.empty();
        }
        int end = 0;
        while (end < detail.length() && isVersionCharacter(detail.charAt(end))) {
            end++;
        }
        boolean digit = end > 0 && Character.isDigit(detail.charAt(0));
        return digit && end <= 256 ? Optional.of(detail.substring(0, end)) : Optional.empty();
    }

    private static boolean isVersionCharacter(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || ".+-~:".indexOf(c) >= 0;
    }
}
