package dev.holdfast.policy.cel.function.kubernetes;

import dev.holdfast.core.text.GoText;
import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Named;
import dev.holdfast.policy.cel.value.Unsigned;
import dev.holdfast.policy.cel.value.Values;
import java.math.BigInteger;
import java.util.List;

/**
 * A version by the rules of semver.org 2.0.0, each number of at most 64 bits. What stands behind {@code +} is checked and forgotten. The loose
 * form, asked for by a second argument, allows a leading {@code v}, one or two numbers instead of three, and leading zeros in them.
 */
record SemanticVersion(Unsigned major, Unsigned minor, Unsigned patch, List<String> before)
        implements Named, Comparable<SemanticVersion> {
    static final String TYPE = "kubernetes.Semver";

    SemanticVersion {
        before = List.copyOf(before);
    }

    static void addTo(Library library) {
        Cost walk = arguments -> Values.walking(Values.size(arguments[0]));
        library.global("semver", "string", TYPE, walk, a -> parse((String) a[0]))
                .global("semver", "string,bool", TYPE, walk, a -> parse(normal((String) a[0], (Boolean) a[1])))
                .global("isSemver", "string", "bool", walk, a -> isVersion((String) a[0]))
                .global("isSemver", "string,bool", "bool", walk, a -> isVersion(normal((String) a[0], (Boolean) a[1])));
        library.member("isGreaterThan", TYPE + "," + TYPE, "bool", Cost.ONE, a -> of(a[0]).compareTo(of(a[1])) > 0)
                .member("isLessThan", TYPE + "," + TYPE, "bool", Cost.ONE, a -> of(a[0]).compareTo(of(a[1])) < 0)
                .member("compareTo", TYPE + "," + TYPE, "int", Cost.ONE, a -> (long) of(a[0]).compareTo(of(a[1])));
        library.member("major", TYPE, "int", Cost.ONE, a -> of(a[0]).major.bits())
                .member("minor", TYPE, "int", Cost.ONE, a -> of(a[0]).minor.bits())
                .member("patch", TYPE, "int", Cost.ONE, a -> of(a[0]).patch.bits());
    }

    private static SemanticVersion of(Object value) {
        return (SemanticVersion) value;
    }

    private static boolean isVersion(String text) {
        try {
            parse(text);
            return true;
        } catch (Fault wrong) {
            return false;
        }
    }

    private static String normal(String text, boolean isLoose) {
        if (!isLoose) {
            return text;
        }
        String bare = text.startsWith("v") ? text.substring(1) : text;
        int end = 0;
        while (end < bare.length() && bare.charAt(end) != '-' && bare.charAt(end) != '+') {
            end++;
        }
        String[] numbers = bare.substring(0, end).split("\\.", -1);
        StringBuilder normal = new StringBuilder();
        for (String number : numbers) {
            String stripped = number.replaceFirst("^0+(?=.)", "");
            normal.append(normal.isEmpty() ? "" : ".").append(stripped);
        }
        for (int i = numbers.length; i < 3; i++) {
            normal.append(".0");
        }
        return normal + bare.substring(end);
    }

    static SemanticVersion parse(String text) throws Fault {
        if (text.isEmpty()) {
            throw new Fault("Version string empty");
        }
        String[] parts = text.split("\\.", 3);
        if (parts.length != 3) {
            throw new Fault("No Major.Minor.Patch elements found");
        }
        Unsigned major = number(parts[0], "major", "Major");
        Unsigned minor = number(parts[1], "minor", "Minor");
        String rest = parts[2];
        int plus = rest.indexOf('+');
        String build = plus < 0 ? "" : rest.substring(plus + 1);
        String unbuilt = plus < 0 ? rest : rest.substring(0, plus);
        int dash = unbuilt.indexOf('-');
        List<String> before =
                dash < 0 ? List.of() : List.of(unbuilt.substring(dash + 1).split("\\.", -1));
        Unsigned patch = number(dash < 0 ? unbuilt : unbuilt.substring(0, dash), "patch", "Patch");
        for (String part : before) {
            requireBefore(part);
        }
        if (plus >= 0) {
            for (String part : build.split("\\.", -1)) {
                if (part.isEmpty()) {
                    throw new Fault("Build meta data is empty");
                }
                if (!isWord(part)) {
                    throw new Fault("Invalid character(s) found in build meta data " + GoText.quoted(part));
                }
            }
        }
        return new SemanticVersion(major, minor, patch, before);
    }

    private static Unsigned number(String text, String name, String capital) throws Fault {
        if (!isDigits(text) && !text.isEmpty()) {
            throw new Fault("Invalid character(s) found in " + name + " number " + GoText.quoted(text));
        }
        if (text.length() > 1 && text.startsWith("0")) {
            throw new Fault(capital + " number must not contain leading zeroes " + GoText.quoted(text));
        }
        if (text.isEmpty()) {
            throw new Fault("strconv.ParseUint: parsing \"\": invalid syntax");
        }
        if (text.length() > 20 || new BigInteger(text).bitLength() > Long.SIZE) {
            throw new Fault("strconv.ParseUint: parsing " + GoText.quoted(text) + ": value out of range");
        }
        return Unsigned.parse(text, 10);
    }

    private static void requireBefore(String part) throws Fault {
        if (part.isEmpty()) {
            throw new Fault("Prerelease is empty");
        }
        if (isDigits(part) && part.length() > 1 && part.startsWith("0")) {
            throw new Fault("Numeric PreRelease version must not contain leading zeroes " + GoText.quoted(part));
        }
        if (!isWord(part)) {
            throw new Fault("Invalid character(s) found in prerelease " + GoText.quoted(part));
        }
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isWord(String text) {
        return text.chars()
                .allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-');
    }

    @Override
    public String typeName() {
        return TYPE;
    }

    @Override
    public int compareTo(SemanticVersion other) {
        int order = major.compareTo(other.major);
        order = order == 0 ? minor.compareTo(other.minor) : order;
        order = order == 0 ? patch.compareTo(other.patch) : order;
        if (order != 0) {
            return order;
        }
        if (before.isEmpty() || other.before.isEmpty()) {
            return Boolean.compare(before.isEmpty(), other.before.isEmpty());
        }
        for (int i = 0; i < Math.min(before.size(), other.before.size()); i++) {
            order = compareParts(before.get(i), other.before.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(before.size(), other.before.size());
    }

    /** Numbers by value and before words; words by their bytes. */
    private static int compareParts(String one, String other) {
        boolean isNumber = isDigits(one);
        if (isNumber != isDigits(other)) {
            return isNumber ? -1 : 1;
        }
        int byLength = isNumber ? Integer.compare(one.length(), other.length()) : 0;
        return byLength != 0 ? byLength : Integer.signum(one.compareTo(other));
    }
}
