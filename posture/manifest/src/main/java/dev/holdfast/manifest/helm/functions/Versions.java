package dev.holdfast.manifest.helm.functions;

import dev.holdfast.manifest.template.TemplateFault;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions and constraints of the semver library that Helm uses.
 *
 * <pre>
 * constraints = range { "||" range }
 * range       = simple { [ "," ] simple }
 * simple      = [ "=" | "!=" | "&gt;" | "&lt;" | "&gt;=" | "&lt;=" | "~" | "~&gt;" | "^" ] partial
 * partial     = ( number | "x" | "*" ) [ "." … [ "." … ] ] [ "-" prerelease ] [ "+" build ]
 * </pre>
 *
 * {@code a - b} is {@code >=a, <=b}. A version before a release meets only constraints that name one.
 */
public final class Versions {
    private static final Pattern VERSION = Pattern.compile(
            "v?([0-9]{1,18})(?:\\.([0-9]{1,18}))?(?:\\.([0-9]{1,18}))?(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?");
    private static final Pattern SIMPLE =
            Pattern.compile("(=|==|!=|>=|=>|<=|=<|>|<|~>|~|\\^|)\\s*(v?([0-9xX*]+)(\\.[0-9xX*]+)?"
                    + "(\\.[0-9xX*]+)?(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?)");
    private static final Pattern HYPHEN =
            Pattern.compile("\\s*(v?[0-9xX*][^\\s,|]*)\\s+-\\s+(v?[0-9xX*][^\\s,|]*)\\s*");

    private Versions() {}

    /**
     * A version.
     *
     * @param before what it comes before a release as; empty for a release
     */
    public record Version(long major, long minor, long patch, String before, String build, String original)
            implements Comparable<Version> {
        @Override
        public int compareTo(Version other) {
            int byMajor = Long.compare(major, other.major);
            int byMinor = byMajor != 0 ? byMajor : Long.compare(minor, other.minor);
            int byPatch = byMinor != 0 ? byMinor : Long.compare(patch, other.patch);
            return byPatch != 0 ? byPatch : compareBefore(before, other.before);
        }

        private static int compareBefore(String one, String other) {
            if (one.isEmpty() || other.isEmpty()) {
                return Boolean.compare(one.isEmpty(), other.isEmpty());
            }
            String[] parts = one.split("\\.", -1);
            String[] others = other.split("\\.", -1);
            for (int i = 0; i < Math.min(parts.length, others.length); i++) {
                int byPart = comparePart(parts[i], others[i]);
                if (byPart != 0) {
                    return byPart;
                }
            }
            return Integer.compare(parts.length, others.length);
        }

        private static int comparePart(String one, String other) {
            boolean isNumber = isNumber(one);
            boolean isOtherNumber = isNumber(other);
            if (isNumber && isOtherNumber) {
                return new java.math.BigInteger(one).compareTo(new java.math.BigInteger(other));
            }
            return isNumber != isOtherNumber ? (isNumber ? -1 : 1) : one.compareTo(other);
        }

        private static boolean isNumber(String part) {
            return !part.isEmpty() && part.length() < 400 && part.chars().allMatch(c -> c >= '0' && c <= '9');
        }

        @Override
        public String toString() {
            return major + "." + minor + "." + patch + (before.isEmpty() ? "" : "-" + before)
                    + (build.isEmpty() ? "" : "+" + build);
        }
    }

    /** Reads a version; missing parts are 0. */
    public static Optional<Version> version(String text) {
        Matcher parts = VERSION.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Version(
                number(parts, 1), number(parts, 2), number(parts, 3), text(parts, 4), text(parts, 5), text));
    }

    private static long number(Matcher parts, int group) {
        String digits = text(parts, group);
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static String text(Matcher parts, int group) {
        String found = parts.group(group);
        return found == null ? "" : found;
    }

    /** Whether a version meets a constraint. */
    public static boolean meets(String constraint, Version version) throws TemplateFault {
        boolean isMet = false;
        for (String range : constraint.split("\\|\\|", -1)) {
            isMet |= meetsRange(range, version, constraint);
        }
        return isMet;
    }

    private static boolean meetsRange(String range, Version version, String whole) throws TemplateFault {
        Matcher hyphen = HYPHEN.matcher(range);
        String text = (hyphen.matches() ? ">=" + hyphen.group(1) + " <=" + hyphen.group(2) : range).strip();
        Matcher simple = SIMPLE.matcher(text);
        boolean isMet = true;
        int at = 0;
        while (at < text.length()) {
            if (!simple.find(at) || !text.substring(at, simple.start()).isBlank()) {
                throw TemplateFault.of("improper constraint: " + whole);
            }
            isMet &= new Simple(simple).isMetBy(version);
            at = simple.end();
            while (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == ' ')) {
                at++;
            }
        }
        if (text.isEmpty()) {
            throw TemplateFault.of("improper constraint: " + whole);
        }
        return isMet;
    }

    /** One comparison. */
    private static final class Simple {
        private final String operator;
        private final Version version;
        private final boolean isOpen;
        private final boolean isMinorOpen;
        private final boolean isPatchOpen;

        Simple(Matcher parts) throws TemplateFault {
            this.operator = parts.group(1);
            String major = parts.group(3);
            String minor = text(parts, 4);
            String patch = text(parts, 5);
            String before = text(parts, 6);
            boolean isMajorOpen = isAny(major);
            this.isMinorOpen = !isMajorOpen && (minor.isEmpty() || isAny(minor.substring(1)));
            this.isPatchOpen = !isMajorOpen && !isMinorOpen && (patch.isEmpty() || isAny(patch.substring(1)));
            this.isOpen = isMajorOpen || isMinorOpen || isPatchOpen;
            String full = isMajorOpen
                    ? "0.0.0" + before
                    : isMinorOpen
                            ? major + ".0.0" + before
                            : isPatchOpen ? major + minor + ".0" + before : parts.group(2);
            this.version = Versions.version(full)
                    .orElseThrow(() -> TemplateFault.of("constraint parser error: " + parts.group()));
        }

        private static boolean isAny(String part) {
            return part.equals("x") || part.equals("X") || part.equals("*");
        }

        boolean isMetBy(Version other) {
            if (!other.before().isEmpty() && version.before().isEmpty()) {
                return false;
            }
            int order = other.compareTo(version);
            return switch (operator) {
                case "!=" -> isDifferent(other);
                case ">" -> isAbove(other, order);
                case "<" -> order < 0;
                case ">=", "=>" -> order >= 0;
                case "<=", "=<" -> isOpen ? isAtMostOpen(other) : order <= 0;
                case "~", "~>" -> isNear(other, order);
                case "^" -> isCompatible(other, order);
                default -> isOpen ? isNear(other, order) : order == 0;
            };
        }

        private boolean isDifferent(Version other) {
            if (!isOpen) {
                return other.compareTo(version) != 0;
            }
            if (other.major() != version.major()) {
                return true;
            }
            if (isMinorOpen) {
                return false;
            }
            return other.minor() != version.minor() || !isPatchOpen;
        }

        private boolean isAbove(Version other, int order) {
            if (!isOpen) {
                return order > 0;
            }
            if (other.major() != version.major()) {
                return other.major() > version.major();
            }
            if (isMinorOpen) {
                return false;
            }
            return isPatchOpen ? other.minor() > version.minor() : order > 0;
        }

        private boolean isAtMostOpen(Version other) {
            return other.major() <= version.major()
                    && (other.major() < version.major() || other.minor() <= version.minor() || isMinorOpen);
        }

        private boolean isNear(Version other, int order) {
            boolean isZero = version.major() == 0 && version.minor() == 0 && version.patch() == 0;
            if (isZero && !isMinorOpen && !isPatchOpen) {
                return order >= 0;
            }
            return order >= 0 && other.major() == version.major() && (isMinorOpen || other.minor() == version.minor());
        }

        private boolean isCompatible(Version other, int order) {
            if (order < 0) {
                return false;
            }
            if (version.major() > 0 || isMinorOpen) {
                return other.major() == version.major();
            }
            if (other.major() > 0) {
                return isOpen && !isPatchOpen && version.minor() == 0;
            }
            if (version.minor() > 0 || isPatchOpen) {
                return other.minor() == version.minor();
            }
            return other.minor() == 0 && other.patch() == version.patch();
        }
    }
}
