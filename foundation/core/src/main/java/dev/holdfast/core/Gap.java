package dev.holdfast.core;

import java.util.Locale;

/**
 * Something that could not be seen, read or known. A report without findings but with gaps is not a clean report.
 *
 * @param code what kind of gap
 * @param subject what it is about: a path inside the target, a layer, a feed, a distribution
 * @param detail one sentence for a person: what was found, and what to do about it where something can be done
 */
public record Gap(Code code, String subject, String detail) implements Comparable<Gap> {
    /** The kinds of gap. {@link #word()} is the stable name in JSON. */
    public enum Code {
        /** A file that should tell packages could not be parsed. */
        UNREADABLE,
        /** A cap of {@link Limits} was reached; what lies beyond was not examined. */
        LIMIT,
        /** Encrypted or otherwise closed content. */
        ENCRYPTED,
        /** A layer that the image names but does not carry. */
        MISSING_LAYER,
        /** History and layers disagree: instructions are not attributed. */
        HISTORY_MISMATCH,
        /** No distribution could be named. */
        UNKNOWN_DISTRIBUTION,
        /** The distribution is named, and no advisory source speaks about it. */
        NO_ADVISORIES,
        /** The distribution's vendor has ended support: silence of its advisories is not safety. */
        END_OF_LIFE,
        /** An advisory source is too old for its use. */
        STALE_SOURCE,
        /** A version that its own ecosystem does not allow, so it could not be compared. */
        UNCOMPARABLE_VERSION,
        /** A component without a version, so it could not be matched. */
        UNKNOWN_VERSION,
        /** Something recognised that this version of Holdfast does not read. */
        UNSUPPORTED,
        /** Code that could not be followed, so that what it reaches is unknown; it hides no finding. */
        UNFOLLOWED,
        /** The answer hangs on something that the standard leaves open. */
        UNDEFINED,
        /** No permission to read a part of the target. */
        NO_PERMISSION;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public int compareTo(Gap other) {
        int byCode = code.compareTo(other.code);
        int bySubject = byCode != 0 ? byCode : subject.compareTo(other.subject);
        return bySubject != 0 ? bySubject : detail.compareTo(other.detail);
    }
}
