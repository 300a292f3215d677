package dev.holdfast.advisory.fact;

import java.util.List;

/**
 * What a source says about one package under one advisory.
 *
 * @param advisory identifier of the {@link Advisory}; a CVE that no source describes needs no advisory fact of its own
 * @param namespace see the package's description
 * @param packageName as the namespace writes it; a <em>source</em> package for Debian, Ubuntu, Alpine, Wolfi
 * @param status what is said
 * @param ranges the affected versions, any of which suffices; empty with an empty {@code versions}: every version
 * @param versions single affected versions, beside the ranges
 * @param fixedIn the version that fixes it, or several for several branches in order; empty when none is named
 * @param qualifiers what narrows the statement
 * @param rating the vendor's own word for this package ({@code unimportant}, {@code Important}, …), lower case; empty when none
 */
public record Statement(
        String advisory,
        String namespace,
        String packageName,
        Status status,
        List<Range> ranges,
        List<String> versions,
        List<String> fixedIn,
        Qualifiers qualifiers,
        String rating) {

    public Statement {
        ranges = List.copyOf(ranges);
        versions = List.copyOf(versions);
        fixedIn = List.copyOf(fixedIn);
    }

    /** What a source can say. With {@link #NOT_AFFECTED} the ranges, if any, are the versions it is said of. */
    public enum Status {
        /** Affected; a fix is in {@code fixedIn}. */
        FIXED,
        /** Affected, and no fix yet. */
        UNFIXED,
        /** Affected; the vendor will not fix it. */
        WILL_NOT_FIX,
        /** Affected; the vendor postponed it (no-dsa, deferred, ignored for now). */
        DEFERRED,
        /** Affected; the release or package is no longer supported. */
        END_OF_LIFE,
        /** The vendor has not decided. */
        UNDER_INVESTIGATION,
        /** Not affected. */
        NOT_AFFECTED
    }

    /**
     * Versions from one bound to another, in the version order of the namespace.
     *
     * @param from empty: from the very first
     * @param fromInclusive whether {@code from} belongs to it
     * @param to empty: without end
     * @param toInclusive whether {@code to} belongs to it
     */
    public record Range(String from, boolean fromInclusive, String to, boolean toInclusive) {
        /** Every version. */
        public static final Range ALL = new Range("", true, "", false);

        /** Every version below the one that fixes it. */
        public static Range below(String fix) {
            return new Range("", true, fix, false);
        }
    }

    /**
     * What narrows a statement; empty parts do not.
     *
     * @param module RPM module {@code name:stream}; a statement without speaks only of packages outside modules; {@code ?}: some module,
     *     whose stream the feed does not tell
     * @param architectures the only ones it is said of; {@code src} alone: of none in particular, and the package name is that of the
     *     <em>source</em> package where the namespace otherwise goes by binary packages
     * @param repository repository, pocket or content set ({@code main}, {@code esm-infra}, {@code community}, {@code ltss}). What stands
     *     under {@code esm…} or {@code ltss} reaches only machines with that subscription
     */
    public record Qualifiers(String module, List<String> architectures, String repository) {
        public static final Qualifiers NONE = new Qualifiers("", List.of(), "");

        public Qualifiers {
            architectures = List.copyOf(architectures);
        }
    }
}
