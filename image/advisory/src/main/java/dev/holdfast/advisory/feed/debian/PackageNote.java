package dev.holdfast.advisory.feed.debian;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A line about a package, as the tracker's lists write it:
 *
 * <pre>
 * note    = [ "[" codename "]" ] "-" package ( version | "&lt;" state "&gt;" ) [ "(" remarks ")" ]
 * remarks = remark { ";" remark }      ; "bug #123", an urgency, or prose
 * state   = "unfixed" | "removed" | "not-affected" | "end-of-life" | "no-dsa" | "ignored" | "postponed" | "undetermined" | "itp"
 * </pre>
 *
 * @param codename the release it is about; empty: unstable, and every release without a line of its own
 * @param packageName source package
 * @param version the version that fixes it; empty when there is a state
 * @param state the word in angle brackets; empty when there is a version
 * @param urgency {@code unimportant}, {@code low}, {@code medium}, {@code high}, or empty
 */
record PackageNote(Optional<String> codename, String packageName, String version, String state, String urgency) {
    private static final Set<String> URGENCIES = Set.of("unimportant", "low", "medium", "high");

    /** Reads a line, blanks around it stripped; empty when it is not of this form. */
    static Optional<PackageNote> parse(String line) {
        Optional<String> codename = Optional.empty();
        String rest = line;
        if (rest.startsWith("[")) {
            int close = rest.indexOf(']');
            if (close < 2) {
                return Optional.empty();
            }
            codename = Optional.of(rest.substring(1, close).strip());
            rest = rest.substring(close + 1).stripLeading();
        }
        if (!rest.startsWith("- ")) {
            return Optional.empty();
        }
        int remarks = rest.indexOf('(');
        String[] words =
                (remarks < 0 ? rest : rest.substring(0, remarks)).strip().split("\\s+", 4);
        if (words.length < 3) {
            return Optional.empty();
        }
        String what = words[2];
        String urgency = remarks < 0 ? "" : urgency(rest.substring(remarks + 1));
        if (what.startsWith("<") && what.endsWith(">")) {
            return Optional.of(new PackageNote(codename, words[1], "", what.substring(1, what.length() - 1), urgency));
        }
        return isVersion(what) ? Optional.of(new PackageNote(codename, words[1], what, "", urgency)) : Optional.empty();
    }

    /** Whether it names the version that fixes it. */
    boolean isFixed() {
        return !version.isEmpty();
    }

    private static String urgency(String remarks) {
        for (String remark : List.of(remarks.replace(")", "").split(";", -1))) {
            if (URGENCIES.contains(remark.strip())) {
                return remark.strip();
            }
        }
        return "";
    }

    /** Debian Policy 5.6.12: letters, digits and {@code . + - ~ :}; upstream versions ought to start with a digit, and some do not. */
    static boolean isVersion(String text) {
        boolean digit = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            digit |= isDigit;
            if (!isDigit && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && ".+-~:".indexOf(c) < 0) {
                return false;
            }
        }
        return digit && text.length() <= 256;
    }
}
