package dev.holdfast.scan.ruling;

import java.util.Locale;

/**
 * Something about an exemption or a statement that its author should know, because it silently does nothing.
 *
 * @param code what kind
 * @param place file and line, or document and statement
 * @param message what is so
 * @param edit the change that would put it right; empty when nobody can say
 */
public record Notice(Code code, String place, String message, String edit) implements Comparable<Notice> {
    /** The kinds. {@link #word()} is stable. */
    public enum Code {
        /** Its last day has passed: what it set aside counts again. */
        EXPIRED,
        /** Something keeps it from matching, and almost nothing else would. */
        NEARLY_MATCHES,
        /** It matches nothing in this target. */
        UNUSED,
        /** It cannot count as it is written. */
        INVALID;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public int compareTo(Notice other) {
        int byCode = code.compareTo(other.code);
        int byPlace = byCode != 0 ? byCode : place.compareTo(other.place);
        return byPlace != 0 ? byPlace : message.compareTo(other.message);
    }
}
