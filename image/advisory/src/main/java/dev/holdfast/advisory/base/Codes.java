package dev.holdfast.advisory.base;

import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.Statement.Status;

/** The numbers that stand for choices in the file. They stay as they are whatever happens to the order of the Java constants. */
final class Codes {
    /** Bits that hold a choice. */
    static final int MASK = 7;

    private static final Status[] STATUSES = {
        Status.FIXED,
        Status.UNFIXED,
        Status.WILL_NOT_FIX,
        Status.DEFERRED,
        Status.END_OF_LIFE,
        Status.UNDER_INVESTIGATION,
        Status.NOT_AFFECTED
    };

    private static final Kind[] KINDS = {Kind.VULNERABILITY, Kind.MALWARE, Kind.UNMAINTAINED, Kind.UNSOUND, Kind.NOTICE
    };

    private Codes() {}

    static int of(Status status) {
        return switch (status) {
            case FIXED -> 0;
            case UNFIXED -> 1;
            case WILL_NOT_FIX -> 2;
            case DEFERRED -> 3;
            case END_OF_LIFE -> 4;
            case UNDER_INVESTIGATION -> 5;
            case NOT_AFFECTED -> 6;
        };
    }

    static int of(Kind kind) {
        return switch (kind) {
            case VULNERABILITY -> 0;
            case MALWARE -> 1;
            case UNMAINTAINED -> 2;
            case UNSOUND -> 3;
            case NOTICE -> 4;
        };
    }

    /** The status behind a number of {@link #MASK}'s bits. */
    static Status status(int code, Section section) {
        if (code >= STATUSES.length) {
            throw section.corrupt("status " + code);
        }
        return STATUSES[code];
    }

    static Kind kind(int code, Section section) {
        if (code >= KINDS.length) {
            throw section.corrupt("kind " + code);
        }
        return KINDS[code];
    }
}
