package dev.holdfast.scan;

import dev.holdfast.inventory.Component;
import java.util.List;
import java.util.Locale;

/**
 * What follows for one component from everything that is known of one flaw.
 *
 * @param component whom it is about
 * @param outcome what follows
 * @param reason why, in a clause
 * @param proof what was weighed: the advisories, each with the comparison behind it; empty when nothing speaks of the component
 */
public record Reply(Component component, Outcome outcome, String reason, List<String> proof) {
    public Reply {
        proof = List.copyOf(proof);
    }

    /** What may follow. {@link #word()} is stable. */
    public enum Outcome {
        /** A scan reports it. */
        REPORTED,
        /** The installed version has the fix. */
        ALREADY_FIXED,
        /** A source says that it is not affected. */
        NOT_AFFECTED,
        /** The installed version is outside the affected range. */
        OUT_OF_RANGE,
        /** What is said is about another module stream or architecture. */
        OUT_OF_SCOPE,
        /** The publisher took the advisory back. */
        WITHDRAWN,
        /** It is only named, or lies in a download cache. */
        NOT_INSTALLED,
        /** A notice, no flaw. */
        INFORMATIONAL,
        /** A distribution's package owns the files, and its vendor's word counts. */
        VENDOR_DECIDES,
        /** A supplier's statement clears it. */
        CLEARED_BY_VEX,
        /** A later layer removed it. */
        REMOVED,
        /** Its version is missing, or none that its ecosystem allows. */
        NOT_COMPARABLE,
        /** No source in the base speaks of its kind of package or its release at all. */
        NO_SOURCE,
        /** Sources know the flaw, and none of them in this component. */
        OTHER_PACKAGES,
        /** No source mentions the flaw. */
        UNKNOWN_FLAW;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
