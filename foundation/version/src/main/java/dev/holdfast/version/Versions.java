package dev.holdfast.version;

import dev.holdfast.core.InputException;
import dev.holdfast.core.SafeText;
import java.util.Optional;

/** Answers the two questions people ask of versions: which is newer, and is one in a range. */
public final class Versions {
    private Versions() {}

    /** What comparing two versions gives. */
    public sealed interface Comparison {
        /**
         * Both versions are allowed.
         *
         * @param sign negative, zero or positive: the first is older than, equal to or newer than the second
         */
        record Ordered(int sign) implements Comparison {
            /** {@code <}, {@code =} or {@code >}. */
            public String symbol() {
                return sign < 0 ? "<" : sign > 0 ? ">" : "=";
            }
        }

        /**
         * The ecosystem does not allow one of the versions.
         *
         * @param version the first such, as it was given
         * @param reason one line for a person, safe to print
         */
        record NotAllowed(String version, String reason) implements Comparison {}
    }

    /** Compares two versions as the ecosystem does. */
    public static Comparison compare(Scheme scheme, String first, String second) {
        Optional<VersionKey> a = scheme.key(first);
        if (a.isEmpty()) {
            return new Comparison.NotAllowed(first, reason(scheme, first));
        }
        Optional<VersionKey> b = scheme.key(second);
        if (b.isEmpty()) {
            return new Comparison.NotAllowed(second, reason(scheme, second));
        }
        return new Comparison.Ordered(a.get().compareTo(b.get()));
    }

    /** Whether the version is in the range, both as the ecosystem writes them. */
    public static boolean contains(Scheme scheme, String range, String version) throws InputException {
        VersionRange versions = VersionRange.parse(scheme, range);
        Optional<VersionKey> key = scheme.key(version);
        if (key.isEmpty()) {
            throw new InputException(InputException.Code.MALFORMED, reason(scheme, version));
        }
        return versions.contains(key.get());
    }

    /** Why a version is not allowed: {@code "1..2" is not a pypi version: expected …}. */
    static String reason(Scheme scheme, String version) {
        boolean tooLong = version.length() > Scheme.MAX_LENGTH;
        String found = tooLong ? "a text of " + version.length() + " characters" : quoted(version);
        String expected = tooLong ? "at most " + Scheme.MAX_LENGTH + " characters" : scheme.rule();
        return found + " is not a " + scheme.word() + " version: expected " + expected;
    }

    /** The text in quotes, safe to print, cut to what a line of a message can bear. */
    static String quoted(String text) {
        return '"' + SafeText.of(text.length() <= 80 ? text : text.substring(0, 79) + "…") + '"';
    }
}
