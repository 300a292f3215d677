package dev.holdfast.inventory.java;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a file name says of an archive, by Maven's convention {@code artifact-version[-classifier].extension}.
 *
 * <p>Both parts may hold dashes and digits, so the split is a guess: the version begins at the last dash before a digit, and reaches
 * further left over qualifiers ({@code 3.14-beta-7}), snapshot stamps ({@code 1.0-20200101.123456-1}) and build numbers
 * ({@code 9.4-1201}), but not over a dotted number, which belongs to the artifact ({@code hawtdispatch-scala-2.11-1.22}).
 *
 * @param artifact what stands before the version; the whole stem when there is no version
 * @param version empty when the name has none
 * @param classifier what follows the version, such as {@code sources}; empty when there is none
 */
record ArchiveName(String artifact, String version, String classifier) {
    /** Words that are a part of a version, not a classifier. */
    private static final Set<String> QUALIFIERS = Set.of(
            "alpha",
            "beta",
            "milestone",
            "rc",
            "cr",
            "m",
            "snapshot",
            "ga",
            "final",
            "release",
            "sp",
            "jre",
            "android",
            "incubating",
            "pre",
            "preview",
            "ea",
            "build",
            "b",
            "redhat",
            "fuse",
            "jbossorg",
            "atlassian",
            "hbase");

    private static final Pattern QUALIFIER_WITH_NUMBER =
            Pattern.compile("(alpha|beta|milestone|rc|cr|m|sp|b|pre|build|redhat|jre|fuse)[.]?\\d[\\w.]*");
    private static final Pattern NO_LETTERS = Pattern.compile("[^A-Za-z]+");
    private static final Pattern STAMP = Pattern.compile("\\d{8}\\.\\d{6}");

    static ArchiveName parse(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String stem = dot > 0 ? fileName.substring(0, dot) : fileName;
        List<String> words = List.of(stem.split("-", -1));
        int last = lastNumber(words);
        if (last < 1) {
            return new ArchiveName(stem, "", "");
        }
        int first = firstOfVersion(words, last);
        int end = endOfVersion(words, last);
        return new ArchiveName(
                String.join("-", words.subList(0, first)),
                String.join("-", words.subList(first, end)),
                String.join("-", words.subList(end, words.size())));
    }

    /** The last word that begins like a version and is followed by none that looks like a part of the artifact. */
    private static int lastNumber(List<String> words) {
        for (int i = words.size() - 1; i > 0; i--) {
            if (beginsWithDigit(words.get(i)) && !words.get(i - 1).isEmpty()) {
                return i;
            }
        }
        return -1;
    }

    private static int firstOfVersion(List<String> words, int last) {
        int first = last;
        while (first > 1) {
            int before = first - 1;
            while (before > 0 && isQualifier(words.get(before))) {
                before--;
            }
            boolean qualified = before < first - 1;
            if (before < 1 || !beginsWithDigit(words.get(before))) {
                return first;
            }
            boolean artifactNumber = words.get(before).indexOf('.') >= 0
                    && words.get(first).indexOf('.') >= 0
                    && !STAMP.matcher(words.get(first)).matches();
            if (!qualified && artifactNumber) {
                return first;
            }
            first = before;
        }
        return first;
    }

    private static int endOfVersion(List<String> words, int last) {
        int end = last + 1;
        while (end < words.size() && isQualifier(words.get(end))) {
            end++;
        }
        return end;
    }

    private static boolean beginsWithDigit(String word) {
        return !word.isEmpty() && word.charAt(0) >= '0' && word.charAt(0) <= '9';
    }

    private static boolean isQualifier(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return QUALIFIERS.contains(lower)
                || QUALIFIER_WITH_NUMBER.matcher(lower).matches();
    }

    /** The letters of the whole name: distributions move its numbers and separators ({@code maven3-core}, {@code jta-1.2-spec}). */
    String letters() {
        return letters(artifact + version + classifier);
    }

    static String letters(String name) {
        return NO_LETTERS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** An archive of sources or documentation: it names a library and holds none of its code. */
    boolean holdsNoCode() {
        return switch (classifier.toLowerCase(Locale.ROOT)) {
            case "sources", "javadoc", "test-sources", "groovydoc", "scaladoc" -> true;
            default -> false;
        };
    }

    /** An archive of a library's tests, which is not the library. */
    boolean holdsTests() {
        return switch (classifier.toLowerCase(Locale.ROOT)) {
            case "tests", "test" -> true;
            default -> false;
        };
    }
}
