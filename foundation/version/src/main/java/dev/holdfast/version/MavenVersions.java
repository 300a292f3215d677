package dev.holdfast.version;

import java.util.Arrays;
import java.util.Locale;

/**
 * Versions of Maven artifacts, ordered as the released Maven 3.9 does ({@code ComparableVersion}).
 *
 * <pre>
 * version = item { separator item } ;        separator: "." or "-" or the change between digits and others
 * item    = digits | qualifier | nothing ;   nothing is 0; case does not matter
 * </pre>
 *
 * <p><b>Lists.</b> The items form a list. A {@code -}, a change from digits to others or back, and a qualifier that digits or the end
 * follow open a list inside the list, which takes all that comes after; so a version is one chain of items, cut by opening brackets. Items
 * that say nothing (0, and the qualifiers {@code ""}, {@code ga}, {@code final}, {@code release}) are dropped before a bracket and at the
 * end, and so are brackets that hold nothing: {@code 1.0.0-ga} is {@code 1}.
 *
 * <pre>
 * order at one place:   qualifier  &lt;  bracket  &lt;  number
 * qualifiers:           alpha &lt; beta &lt; milestone &lt; rc = cr &lt; snapshot &lt; "" = end &lt; sp &lt; all others, as text
 *                       a, b and m are alpha, beta and milestone where digits follow
 * </pre>
 *
 * <p>Where one version has ended, the other goes on against nothing: a number is above it or, when 0, like it; a qualifier compares as
 * {@code ""} does; a bracket as its first item that is not like nothing.
 *
 * <p><b>One order.</b> These rules are not an order: {@code 1.sp.1 < 1-alpha < 1 < 1.sp.1}. Where they run in such a circle, which takes a
 * qualifier with a dot on both sides ({@code 3.0.0.alpha.1}, which Maven has above {@code 3.0-dev2} and below {@code 3}, itself below
 * {@code 3.0-dev2}), the comparison with the end is what we keep. Then at one place
 *
 * <pre>
 * alpha … snapshot  &lt;  "" and less  &lt;  bracket and less  &lt;  0 and less  &lt;  end
 *                   &lt;  "" and more  &lt;  sp, others        &lt;  bracket and more  &lt;  0 and more  &lt;  number above 0
 * </pre>
 *
 * where "and less" says that the first item from there on that is not like nothing is below it. Each of these is a mark of the key; a
 * bracket's items follow its mark, and since a bracket is always the last of its list one end mark closes all.
 */
final class MavenVersions implements VersionOrder {
    private static final int FIRST_LOW_QUALIFIER = 1;
    private static final int EMPTY_LOW = 6;
    private static final int OPEN_LOW = 7;
    private static final int ZERO_LOW = 8;
    private static final int END = 9;
    private static final int EMPTY_HIGH = 10;
    private static final int SERVICE_PACK = 11;
    private static final int OTHER_QUALIFIER = 12;
    private static final int OPEN_HIGH = 13;
    private static final int ZERO_HIGH = 14;
    /** Zeros have marks of their own, so 1 is the byte above them. */
    private static final int FIRST_NUMBER = 14;

    private static final String[] LOW_QUALIFIERS = {"alpha", "beta", "milestone", "rc", "snapshot"};

    @Override
    public boolean encode(String version, KeyWriter out) {
        if (Ascii.hasSpaceOrControl(version)) {
            return false;
        }
        Items items = new Items(version.toLowerCase(Locale.ROOT));
        items.read();
        items.dropNothings();
        items.write(out);
        return true;
    }

    @Override
    public String rule() {
        return "text without spaces or control characters";
    }

    /** The chain of items. Each is its kind and, for numbers and other qualifiers, where its text lies. */
    private static final class Items {
        private static final int OPEN = -1;
        private static final int NUMBER = -2;
        private static final int ZERO = -3;
        /** Kinds from here on are qualifiers, by rank; five of them are below {@code ""}. */
        private static final int EMPTY = 5;

        private static final int SP = 6;
        private static final int OTHER = 7;

        private final String text;
        private int[] kinds = new int[16];
        private int[] starts = new int[16];
        private int[] ends = new int[16];
        private int count;

        Items(String text) {
            this.text = text;
        }

        void read() {
            boolean digits = false;
            int start = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '.' || c == '-') {
                    item(digits, start, i, false);
                    start = i + 1;
                    if (c == '-') {
                        open();
                    }
                } else if (Character.isDigit(c)) {
                    if (!digits && i > start) {
                        openUnlessFirst();
                        item(false, start, i, true);
                        open();
                        start = i;
                    }
                    digits = true;
                } else {
                    if (digits && i > start) {
                        item(true, start, i, false);
                        open();
                        start = i;
                    }
                    digits = false;
                }
            }
            if (start < text.length()) {
                if (!digits) {
                    openUnlessFirst();
                }
                item(digits, start, text.length(), false);
            }
        }

        private void open() {
            add(OPEN, 0, 0);
        }

        /** A qualifier that stands behind a dot opens a list as behind a hyphen, but not twice. */
        private void openUnlessFirst() {
            if (count > 0 && kinds[count - 1] != OPEN) {
                open();
            }
        }

        private void item(boolean digits, int start, int end, boolean digitsFollow) {
            if (start == end) {
                add(ZERO, start, end);
            } else if (digits) {
                add(isZero(start, end) ? ZERO : NUMBER, start, end);
            } else {
                add(qualifier(start, end, digitsFollow), start, end);
            }
        }

        private void add(int kind, int start, int end) {
            if (count == kinds.length) {
                kinds = Arrays.copyOf(kinds, count * 2);
                starts = Arrays.copyOf(starts, count * 2);
                ends = Arrays.copyOf(ends, count * 2);
            }
            kinds[count] = kind;
            starts[count] = start;
            ends[count++] = end;
        }

        private boolean isZero(int start, int end) {
            for (int i = start; i < end; i++) {
                if (Character.digit(text.charAt(i), 10) != 0) {
                    return false;
                }
            }
            return true;
        }

        private int qualifier(int start, int end, boolean digitsFollow) {
            if (digitsFollow && end - start == 1) {
                int rank = "abm".indexOf(text.charAt(start));
                if (rank >= 0) {
                    return rank;
                }
            }
            for (int i = 0; i < LOW_QUALIFIERS.length; i++) {
                if (is(LOW_QUALIFIERS[i], start, end)) {
                    return i;
                }
            }
            if (is("cr", start, end)) {
                return 3;
            }
            if (is("ga", start, end) || is("final", start, end) || is("release", start, end)) {
                return EMPTY;
            }
            return is("sp", start, end) ? SP : OTHER;
        }

        private boolean is(String word, int start, int end) {
            return end - start == word.length() && text.startsWith(word, start);
        }

        /** Walks back from the end: what says nothing goes while nothing stands between it and a bracket or the end. */
        void dropNothings() {
            int kept = count;
            boolean dropping = true;
            for (int i = count - 1; i >= 0; i--) {
                int kind = kinds[i];
                boolean isNothing = kind == ZERO || kind == EMPTY;
                if (kind == OPEN ? kept == count : isNothing && dropping) {
                    continue;
                }
                dropping = kind == OPEN;
                kept--;
                kinds[kept] = kind;
                starts[kept] = starts[i];
                ends[kept] = ends[i];
            }
            first = kept;
        }

        private int first;

        void write(KeyWriter out) {
            boolean[] low = new boolean[count];
            for (int i = count - 1; i >= first; i--) {
                int kind = kinds[i];
                boolean isLikeNothing = kind == OPEN || kind == ZERO || kind == EMPTY;
                low[i] = isLikeNothing ? low[i + 1] : kind >= 0 && kind < EMPTY;
            }
            for (int i = first; i < count; i++) {
                item(i, low[i], out);
            }
            out.mark(END);
        }

        private void item(int i, boolean low, KeyWriter out) {
            switch (kinds[i]) {
                case OPEN -> out.mark(low ? OPEN_LOW : OPEN_HIGH);
                case ZERO -> out.mark(low ? ZERO_LOW : ZERO_HIGH);
                case EMPTY -> out.mark(low ? EMPTY_LOW : EMPTY_HIGH);
                case SP -> out.mark(SERVICE_PACK);
                case NUMBER -> number(starts[i], ends[i], out);
                case OTHER -> out.mark(OTHER_QUALIFIER).word(text, starts[i], ends[i]);
                default -> out.mark(FIRST_LOW_QUALIFIER + kinds[i]);
            }
        }

        /** Maven takes the digits of every script. */
        private void number(int start, int end, KeyWriter out) {
            for (int i = start; i < end; i++) {
                if (!Ascii.isDigit(text.charAt(i))) {
                    out.number(asciiDigits(start, end), 0, end - start, FIRST_NUMBER);
                    return;
                }
            }
            out.number(text, start, end, FIRST_NUMBER);
        }

        private String asciiDigits(int start, int end) {
            StringBuilder digits = new StringBuilder(end - start);
            for (int i = start; i < end; i++) {
                digits.append((char) ('0' + Character.digit(text.charAt(i), 10)));
            }
            return digits.toString();
        }
    }
}
