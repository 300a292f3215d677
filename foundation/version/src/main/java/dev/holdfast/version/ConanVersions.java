package dev.holdfast.version;

/**
 * Versions of Conan packages, ordered as Conan 2 does.
 *
 * <pre>
 * version = items [ "-" items ] [ "+" items ] ;      the middle part is a pre-release, the last a build; items = item { "." item }
 * order:  items, trailing zeros do not count, a longer list above what it continues;
 *         then pre-release &lt; release, pre-releases like versions; then build, none first, builds like versions
 * </pre>
 *
 * <p>An item of digits is a number, any other text. Conan compares a number with a text as two texts, which is no order (9, 10, 5a), though
 * versions such as 1.1.1k are common; here an item is the number that it begins with, none first, and then the rest, so that 1k lies
 * between 1 and 2, and text without a number above all numbers.
 *
 * <p><b>Key.</b> An item: its number plus two and the rest as a word, or the highest byte and a word. Then zero and the pre-release, or one;
 * then the build.
 */
final class ConanVersions implements VersionOrder {
    private static final int PRERELEASE = 0;
    private static final int RELEASE = 1;
    private static final int FIRST_NUMBER = 2;

    @Override
    public boolean encode(String version, KeyWriter out) {
        int plus = version.lastIndexOf('+');
        int end = plus < 0 ? version.length() : plus;
        int hyphen = version.indexOf('-');
        if (!Ascii.isVisible(version) || end == 0 || hyphen == 0) {
            return false;
        }
        boolean hasPrerelease = hyphen >= 0 && hyphen < end;
        items(version, 0, hasPrerelease ? hyphen : end, out);
        if (hasPrerelease) {
            out.mark(PRERELEASE);
            items(version, hyphen + 1, end, out);
            out.mark(0);
        } else {
            out.mark(RELEASE);
        }
        if (plus >= 0) {
            items(version, plus + 1, version.length(), out);
        }
        out.mark(0);
        return true;
    }

    @Override
    public String rule() {
        return "item{.item}[-pre-release][+build] without spaces";
    }

    private static void items(String text, int from, int to, KeyWriter out) {
        int zeros = 0;
        for (int i = from; i <= to; ) {
            int end = i;
            while (end < to && text.charAt(end) != '.') {
                end++;
            }
            int digits = Math.min(Ascii.endOfDigits(text, i), end);
            if (digits == end && end > i && isZero(text, i, end)) {
                zeros++;
            } else {
                for (; zeros > 0; zeros--) {
                    out.number(0, FIRST_NUMBER).mark(0);
                }
                item(text, i, digits, end, out);
            }
            i = end + 1;
        }
    }

    private static void item(String text, int from, int digits, int to, KeyWriter out) {
        if (digits > from) {
            out.number(text, from, digits, FIRST_NUMBER);
        } else {
            out.mark(KeyWriter.HIGHEST);
        }
        out.word(text, digits, to);
    }

    private static boolean isZero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
