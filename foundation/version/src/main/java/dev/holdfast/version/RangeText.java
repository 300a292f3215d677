package dev.holdfast.version;

import dev.holdfast.core.InputException;
import dev.holdfast.version.VersionRange.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of a range on its way to a {@link VersionRange}: whose it is, and what all syntaxes share.
 *
 * @param text at most {@link #MAX_LENGTH} characters
 */
record RangeText(Scheme scheme, String text) {
    /** Longer texts are no ranges. The longest in public advisories, lists of branches, have about 1,500 characters. */
    static final int MAX_LENGTH = 16_384;

    static RangeText of(Scheme scheme, String text) throws InputException {
        if (text.length() > MAX_LENGTH) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "version range: " + text.length() + " characters are more than the " + MAX_LENGTH + " allowed");
        }
        return new RangeText(scheme, text);
    }

    VersionRange parse() throws InputException {
        return switch (scheme) {
            case NPM, CARGO, HEX, PUB -> new SemanticRanges(this).parse();
            case MAVEN, NUGET -> new BracketRanges(this).parse();
            case PYPI -> new PypiRanges(this).parse();
            case GEM -> new GemRanges(this).parse();
            case COMPOSER -> new ComposerRanges(this).parse();
            case HACKAGE -> new HackageRanges(this).parse();
            case DEB, APK, RPM, SEMVER, GOLANG, CRAN, SWIFT, PORTAGE, PACMAN, CONAN, JULIA, GENERIC ->
                new ComparisonRanges(this).parse();
        };
    }

    VersionKey key(String version) throws InputException {
        Optional<VersionKey> key = scheme.key(version);
        if (key.isEmpty()) {
            throw malformed(Versions.reason(scheme, version));
        }
        return key.get();
    }

    InputException malformed(String reason) {
        return new InputException(
                InputException.Code.MALFORMED,
                "version range " + Versions.quoted(text) + " of " + scheme.word() + ": " + reason);
    }

    /** The parts between the separators, which are at least one. */
    static List<String> split(String text, String separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** The operator that the text begins with, made of the given signs; may be empty. */
    static String operator(String text, String signs) {
        int end = 0;
        while (end < text.length() && signs.indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return text.substring(0, end);
    }

    /** The versions that compare so with the key. */
    VersionRange compared(String operator, VersionKey key) throws InputException {
        return switch (operator) {
            case "", "=", "==" -> VersionRange.of(Interval.exactly(key));
            case "!=", "<>" -> VersionRange.of(Interval.exactly(key)).complement();
            case "<", "<<" -> VersionRange.of(Interval.below(key));
            case "<=", "=<" -> VersionRange.of(Interval.atMost(key));
            case ">", ">>" -> VersionRange.of(Interval.above(key));
            case ">=", "=>" -> VersionRange.of(Interval.atLeast(key));
            default -> throw malformed("unknown operator " + Versions.quoted(operator));
        };
    }
}
