package dev.holdfast.core;

import java.util.Locale;
import java.util.Optional;

/** How bad a finding is, from nothing known to worst. The order of the constants is the order of badness. */
public enum Severity {
    /** Nobody has graded it. Never the same as harmless. */
    UNKNOWN,
    NEGLIGIBLE,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** The word as it stands in reports and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean atLeast(Severity other) {
        return compareTo(other) >= 0;
    }

    /** The qualitative rating of a CVSS base score. CVSS 3.1 section 5, CVSS 4.0 section 6; 0.0 is {@link #NEGLIGIBLE}. */
    public static Severity ofScore(double score) {
        if (score >= 9.0) {
            return CRITICAL;
        }
        if (score >= 7.0) {
            return HIGH;
        }
        if (score >= 4.0) {
            return MEDIUM;
        }
        return score > 0.0 ? LOW : NEGLIGIBLE;
    }

    /** Reads a vendor's word ({@code Important}, {@code moderate}, {@code unimportant}, …); empty when it is not one we know. */
    public static Optional<Severity> ofWord(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "critical" -> Optional.of(CRITICAL);
            case "high", "important" -> Optional.of(HIGH);
            case "medium", "moderate" -> Optional.of(MEDIUM);
            case "low" -> Optional.of(LOW);
            case "negligible", "unimportant", "none", "info", "informational" -> Optional.of(NEGLIGIBLE);
            case "unknown", "untriaged", "not-yet-assigned", "unassigned", "unspecified" -> Optional.of(UNKNOWN);
            default -> Optional.empty();
        };
    }
}
