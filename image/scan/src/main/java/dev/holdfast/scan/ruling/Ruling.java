package dev.holdfast.scan.ruling;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Why a finding does not count.
 *
 * @param kind whose decision it is
 * @param status {@code not_affected} or {@code fixed} as VEX has them, {@code ignored} for an accepted risk
 * @param reason in words; empty when only a label was given
 * @param justification the label; empty when only words were given
 * @param by who says it; empty when nobody is named
 * @param expires the last day on which it holds; empty: for ever
 * @param place where it stands
 */
public record Ruling(
        Kind kind,
        String status,
        String reason,
        String justification,
        String by,
        Optional<LocalDate> expires,
        String place) {

    /** Whose decision. */
    public enum Kind {
        /** A user's exemption. */
        IGNORE,
        /** A supplier's statement. */
        VEX;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** {@code not affected (VEX by AUTHOR, JUSTIFICATION)}, {@code ignored until 2027-01-31 (OWNER: REASON)}. */
    public String sentence() {
        String why = kind == Kind.VEX && !justification.isEmpty() ? justification : reason;
        return switch (kind) {
            case VEX ->
                status.replace('_', ' ') + " (VEX by " + (by.isEmpty() ? "nobody named" : by)
                        + (why.isEmpty() ? "" : ", " + why) + ")";
            case IGNORE ->
                status.replace('_', ' ') + expires.map(day -> " until " + day).orElse("") + " ("
                        + (by.isEmpty() ? "" : by + ": ") + why + ")";
        };
    }
}
