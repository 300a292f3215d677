package dev.holdfast.secrets.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What the bytes of a credential look like: a small pattern language without backtracking, so that no input makes it slow.
 *
 * <pre>
 * shape  = { item [ count ] }
 * item   = character | "\" character | "[" { character | character "-" character } "]" | "(" text { "|" text } ")"
 * count  = "{" least [ "," most ] "}" | "?"
 * </pre>
 *
 * <p>Matching is greedy and never gives back: a counted item must not be followed by one that it could swallow. Of several texts the
 * first that fits counts, so a longer one stands before its own beginning. Only ASCII is spoken of; a byte above 127 never fits.
 */
public final class Shape {
    /** How many first columns {@link #columns} tells. */
    public static final int ANCHOR = 5;

    private final List<Item> items;

    /** Some bytes in a row. */
    private sealed interface Item {
        /** Any of the characters in the two bit sets, from {@code least} to {@code most} times. */
        record Some(long low, long high, int least, int most) implements Item {
            boolean fits(byte b) {
                return b >= 0 && ((b < 64 ? low : high) >>> b & 1) != 0;
            }
        }

        /** One of these texts. */
        record OneOf(List<String> texts) implements Item {}
    }

    private Shape(List<Item> items) {
        this.items = List.copyOf(items);
    }

    /** Reads a shape. What is wrong with it is wrong with the catalogue: an {@link IllegalArgumentException}. */
    static Shape of(String text) {
        return new Shape(new Parser(text).items());
    }

    /** The end of what fits at {@code at}, or -1. */
    public int match(byte[] bytes, int at, int to) {
        int position = at;
        for (int i = 0; i < items.size() && position >= 0; i++) {
            position = switch (items.get(i)) {
                case Item.Some some -> run(some, bytes, position, to);
                case Item.OneOf one -> text(one, bytes, position, to);
            };
        }
        return position;
    }

    private static int run(Item.Some some, byte[] bytes, int at, int to) {
        int most = Math.min(to - at, some.most);
        int length = 0;
        while (length < most && some.fits(bytes[at + length])) {
            length++;
        }
        return length >= some.least ? at + length : -1;
    }

    private static int text(Item.OneOf one, byte[] bytes, int at, int to) {
        for (int i = 0; i < one.texts.size(); i++) {
            String text = one.texts.get(i);
            if (text.length() <= to - at && isAt(text, bytes, at)) {
                return at + text.length();
            }
        }
        return -1;
    }

    private static boolean isAt(String text, byte[] bytes, int at) {
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The beginning of what fits and ends before {@code end}, or -1. */
    public int matchBefore(byte[] bytes, int from, int end) {
        int position = end;
        for (int i = items.size() - 1; i >= 0 && position >= 0; i--) {
            position = switch (items.get(i)) {
                case Item.Some some -> runBefore(some, bytes, from, position);
                case Item.OneOf one -> textBefore(one, bytes, from, position);
            };
        }
        return position;
    }

    private static int runBefore(Item.Some some, byte[] bytes, int from, int end) {
        int most = Math.min(end - from, some.most);
        int length = 0;
        while (length < most && some.fits(bytes[end - 1 - length])) {
            length++;
        }
        return length >= some.least ? end - length : -1;
    }

    private static int textBefore(Item.OneOf one, byte[] bytes, int from, int end) {
        for (int i = 0; i < one.texts.size(); i++) {
            String text = one.texts.get(i);
            if (text.length() <= end - from && isAt(text, bytes, end - text.length())) {
                return end - text.length();
            }
        }
        return -1;
    }

    /** Whether exactly these bytes fit. */
    public boolean fits(byte[] bytes, int from, int to) {
        return match(bytes, from, to) == to;
    }

    /** Whether the byte could go on what the last item of this shape matched. */
    public boolean goesOn(byte b) {
        return items.getLast() instanceof Item.Some some && some.fits(b);
    }

    /**
     * What may stand in the first {@link #ANCHOR} columns: one array of bit sets (low, high, low, high, …) for each way that texts can
     * be chosen.
     */
    List<long[]> columns() {
        List<long[]> found = new ArrayList<>();
        columns(0, new long[2 * ANCHOR], 0, found);
        return found;
    }

    private void columns(int item, long[] sets, int column, List<long[]> found) {
        if (column >= ANCHOR) {
            found.add(sets.clone());
            return;
        }
        if (item == items.size()) {
            throw new IllegalArgumentException("a shape begins with " + ANCHOR + " columns at least");
        }
        switch (items.get(item)) {
            case Item.Some some -> {
                int count = Math.min(some.least, ANCHOR - column);
                if (some.least != some.most && some.least < ANCHOR - column) {
                    throw new IllegalArgumentException("the first columns of a shape have no choice of length");
                }
                for (int i = 0; i < count; i++) {
                    sets[2 * (column + i)] = some.low;
                    sets[2 * (column + i) + 1] = some.high;
                }
                columns(item + 1, sets, column + count, found);
            }
            case Item.OneOf one -> {
                for (String text : one.texts) {
                    int count = Math.min(text.length(), ANCHOR - column);
                    for (int i = 0; i < count; i++) {
                        char c = text.charAt(i);
                        sets[2 * (column + i)] = c < 64 ? 1L << c : 0;
                        sets[2 * (column + i) + 1] = c < 64 ? 0 : 1L << c;
                    }
                    columns(item + 1, sets, column + count, found);
                }
            }
        }
    }

    /** Some text that fits. */
    String sample(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (Item item : items) {
            switch (item) {
                case Item.Some some -> {
                    int length = some.least + random.nextInt(Math.min(some.most - some.least, 8) + 1);
                    for (int i = 0; i < length; i++) {
                        text.append(character(some, random));
                    }
                }
                case Item.OneOf one -> text.append(one.texts.get(random.nextInt(one.texts.size())));
            }
        }
        return text.toString();
    }

    private static char character(Item.Some some, RandomGenerator random) {
        int count = Long.bitCount(some.low) + Long.bitCount(some.high);
        int chosen = random.nextInt(count);
        for (char c = 0; c < 128; c++) {
            if (some.fits((byte) c) && chosen-- == 0) {
                return c;
            }
        }
        throw new IllegalStateException("an empty set of characters");
    }

    /** Reads the pattern language. */
    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        List<Item> items() {
            List<Item> items = new ArrayList<>();
            while (at < text.length()) {
                char c = text.charAt(at++);
                switch (c) {
                    case '(' -> items.add(texts());
                    case '[' -> items.add(counted(set()));
                    default -> {
                        long[] set = new long[2];
                        add(set, c == '\\' ? text.charAt(at++) : c);
                        items.add(counted(set));
                    }
                }
            }
            if (items.isEmpty()) {
                throw new IllegalArgumentException("an empty shape");
            }
            return items;
        }

        private Item texts() {
            int end = text.indexOf(')', at);
            List<String> texts = List.of(text.substring(at, end).split("\\|"));
            at = end + 1;
            return new Item.OneOf(texts);
        }

        private long[] set() {
            long[] set = new long[2];
            while (text.charAt(at) != ']') {
                char from = text.charAt(at++);
                if (from == '\\') {
                    from = text.charAt(at++);
                }
                boolean isRange = text.charAt(at) == '-' && text.charAt(at + 1) != ']';
                char to = isRange ? text.charAt(at + 1) : from;
                at += isRange ? 2 : 0;
                for (char c = from; c <= to; c++) {
                    add(set, c);
                }
            }
            at++;
            return set;
        }

        private static void add(long[] set, char c) {
            set[c >> 6] |= 1L << c;
        }

        private Item counted(long[] set) {
            int least = 1;
            int most = 1;
            if (at < text.length() && text.charAt(at) == '?') {
                at++;
                least = 0;
            } else if (at < text.length() && text.charAt(at) == '{') {
                int end = text.indexOf('}', at);
                String[] numbers = text.substring(at + 1, end).split(",", -1);
                least = Integer.parseInt(numbers[0]);
                most = Integer.parseInt(numbers[numbers.length - 1]);
                at = end + 1;
            }
            return new Item.Some(set[0], set[1], least, most);
        }
    }
}
