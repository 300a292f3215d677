package dev.holdfast.core;

import java.util.Optional;

/**
 * Base scores of the Common Vulnerability Scoring System, from vector strings.
 *
 * <pre>
 * vector  = [ "CVSS:" version "/" ] metric { "/" metric }      2.0 vectors have no prefix, and may stand in parentheses
 * version = "2.0" | "3.0" | "3.1" | "4.0"
 * metric  = name ":" value
 * </pre>
 *
 * <p>Metrics may come in any order, each once. The base metrics must all be there; others must be ones that the version knows, and
 * change nothing: a base score is of the flaw, not of a day or a place. What is not a vector has no score.
 */
public final class Cvss {
    /** The longest vector with every metric of 4.0 has about 200 characters. */
    private static final int MAX_LENGTH = 400;

    private Cvss() {}

    /** From 0.0 to 10.0 with one decimal; empty for what is no vector. */
    public static Optional<Double> baseScore(String vector) {
        String text = vector.strip();
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int slash = text.indexOf('/');
        return switch (slash < 0 ? "" : text.substring(0, slash)) {
            case "CVSS:4.0" -> CvssMetrics.V4.read(text.substring(slash + 1)).map(Cvss4::baseScore);
            case "CVSS:3.0", "CVSS:3.1" ->
                CvssMetrics.V3.read(text.substring(slash + 1)).map(Cvss3::baseScore);
            case "CVSS:2.0" -> CvssMetrics.V2.read(text.substring(slash + 1)).map(Cvss2::baseScore);
            default -> CvssMetrics.V2.read(withoutParentheses(text)).map(Cvss2::baseScore);
        };
    }

    /**
     * The word for a base score. CVSS 2.0 has no words of its own; the NVD's end at high, from 7.0, and a score of 0.0 is low. Empty for
     * what is no vector.
     */
    public static Optional<Severity> severity(String vector) {
        Optional<Double> score = baseScore(vector);
        boolean isOld = !vector.strip().startsWith("CVSS:") || vector.strip().startsWith("CVSS:2");
        return isOld ? score.map(Cvss::oldSeverity) : score.map(Severity::ofScore);
    }

    private static Severity oldSeverity(double score) {
        if (score >= 7.0) {
            return Severity.HIGH;
        }
        return score >= 4.0 ? Severity.MEDIUM : Severity.LOW;
    }

    private static String withoutParentheses(String text) {
        return text.startsWith("(") && text.endsWith(")") ? text.substring(1, text.length() - 1) : text;
    }
}
