package dev.holdfast.check;

import java.util.Locale;

/** What a check came to. The order is that of reports: what needs somebody first. */
public enum Status {
    /** The weakness is there. */
    FAIL,
    /** The check itself broke off: a bug of ours, bounded to one file. */
    ERROR,
    /** Nobody can tell from what was given; the reason says what is missing. */
    NOT_ASSESSED,
    /** The weakness is not there. */
    PASS,
    /** The question does not arise for this object. */
    NOT_APPLICABLE;

    /** The word in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
