package dev.holdfast.compare;

import java.util.Locale;

/** Why two answers about one flaw in one package differ, or how they agree. {@link #word()} is stable. */
public enum Cause {
    /** Both report it. */
    AGREED(Side.BOTH, "both report it"),
    /** Both report it, and one names the source package, the other what was built from it. */
    NAMED_BY_SOURCE(Side.BOTH, "both report it, one under the name of the source package"),
    /** Both report it under other spellings of the name, or for another kind of package. */
    NAMED_OTHERWISE(Side.BOTH, "both report it, under different names"),
    /** Both report it, for different versions of the package. */
    OTHER_VERSION(Side.BOTH, "both report it, for different versions"),

    /** The report says it twice. */
    DUPLICATE(Side.REPEATED, "said again of the same package"),
    /** The report says it twice, under two names of one flaw. */
    ALIAS(Side.REPEATED, "another name of a flaw that is counted already"),

    NOT_IN_INVENTORY(Side.THEIRS, "no such package in the target"),
    NAME_DIFFERS(Side.THEIRS, "we read another package there"),
    VERSION_DIFFERS(Side.THEIRS, "we read another version"),
    REMOVED_LATER(Side.THEIRS, "removed by a later layer"),
    FIXED_BY_DISTRIBUTION(Side.THEIRS, "fixed already by the distribution"),
    FIXED(Side.THEIRS, "the installed version has the fix"),
    OUT_OF_RANGE(Side.THEIRS, "the installed version is outside the affected range"),
    OTHER_VARIANT(Side.THEIRS, "what is said is about another module stream or architecture"),
    NOT_AFFECTED(Side.THEIRS, "the vendor says that it is not affected"),
    VENDOR_DECIDES(Side.THEIRS, "the files belong to a distribution's package, whose vendor decides"),
    WITHDRAWN(Side.THEIRS, "the advisory was withdrawn"),
    NOTICE(Side.THEIRS, "a notice, not a flaw"),
    NOT_INSTALLED(Side.THEIRS, "only named or cached, not installed"),
    EXEMPTED(Side.THEIRS, "set aside by an exception"),
    EXEMPTED_BY_VEX(Side.THEIRS, "set aside by a supplier's VEX statement"),
    FILTERED(Side.THEIRS, "left out of our report by its filters"),
    SOURCE_TOO_OLD(Side.THEIRS, "published after the newest of our sources"),
    NO_SOURCE(Side.THEIRS, "no source in our base speaks of this kind of package"),
    NOT_OF_THIS_PACKAGE(Side.THEIRS, "our sources know the flaw, not in this package"),
    ADVISORY_UNKNOWN(Side.THEIRS, "no source in our base mentions it"),
    NOT_COMPARABLE(Side.THEIRS, "the version cannot be compared"),

    THEY_IGNORE(Side.OURS, "they know it and set it aside"),
    THEY_LACK_THE_PACKAGE(Side.OURS, "their list of packages does not have it"),
    THEY_READ_ANOTHER_VERSION(Side.OURS, "they read another version of the package"),
    THEY_SHOW_ONLY_FIXED(Side.OURS, "they show only what has a fix"),
    THEY_CUT_BY_SEVERITY(Side.OURS, "below the least severity that they show"),
    THEY_HAVE_THE_PACKAGE(Side.OURS, "they know the package, and do not report this flaw of it"),
    THEY_NEVER_NAME_IT(Side.OURS, "they say nothing of the package");

    /** Who reports it. */
    public enum Side {
        BOTH,
        OURS,
        THEIRS,
        /** Theirs, and nothing new. */
        REPEATED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Side side;
    private final String sentence;

    Cause(Side side, String sentence) {
        this.side = side;
        this.sentence = sentence;
    }

    public Side side() {
        return side;
    }

    /** For a person, as a clause. */
    public String sentence() {
        return sentence;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
