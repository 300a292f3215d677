package dev.holdfast.rules.match;

import dev.holdfast.rules.event.Value;
import dev.holdfast.rules.syntax.Modifier;
import dev.holdfast.rules.syntax.Operator;
import dev.holdfast.rules.text.Ascii;
import dev.holdfast.rules.text.Glob;
import dev.holdfast.rules.text.PathPrefixes;
import dev.holdfast.rules.text.Regex;
import java.util.Arrays;
import java.util.Set;

/** What one value, which is never absent, is compared with. Immutable. */
sealed interface ValueTest {
    boolean holds(Value value);

    /** The value as a text; values that are no texts as they are printed. */
    static String text(Value value) {
        return value.kind() == Value.Kind.TEXT ? value.text() : value.toString();
    }

    record Inverse(ValueTest test) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            return !test.holds(value);
        }
    }

    record TextEquals(String expected) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            return text(value).equals(expected);
        }
    }

    record TextIn(Set<String> expected) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            return expected.contains(text(value));
        }
    }

    record Contains(String part) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            return text(value).contains(part);
        }
    }

    record ContainsIgnoringCase(String lowerPart) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            return Ascii.containsIgnoringCase(text(value), lowerPart);
        }
    }

    record StartsWith(String beginning) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            return text(value).startsWith(beginning);
        }
    }

    record EndsWith(String end) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            return text(value).endsWith(end);
        }
    }

    record Matches(Glob glob) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            return glob.matches(text(value));
        }
    }

    record MatchesRegex(Regex regex) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            return regex.matches(text(value));
        }
    }

    record Below(PathPrefixes prefixes) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            return prefixes.contain(text(value));
        }
    }

    /** A text that comes before or behind another one, as their bytes do. */
    record TextOrder(Operator operator, String other) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            int order = order(text(value), other);
            return switch (operator) {
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                default -> order >= 0;
            };
        }

        /** Characters of two units lie behind all others, which their units do not. */
        static int order(String left, String right) {
            int most = Math.min(left.length(), right.length());
            for (int i = 0; i < most; i++) {
                char a = left.charAt(i);
                char b = right.charAt(i);
                if (a != b) {
                    boolean isOneOfTwoUnits = Character.isSurrogate(a) != Character.isSurrogate(b);
                    return isOneOfTwoUnits ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
                }
            }
            return Integer.compare(left.length(), right.length());
        }
    }

    /** A number within bounds, both included. */
    record LongWithin(long least, long most) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            return value.kind() == Value.Kind.LONG && value.number() >= least && value.number() <= most;
        }
    }

    /** A number of a set, which is sorted. */
    record LongIn(long[] sorted) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            return value.kind() == Value.Kind.LONG && Arrays.binarySearch(sorted, value.number()) >= 0;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof LongIn in && Arrays.equals(in.sorted, sorted);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(sorted);
        }

        @Override
        public String toString() {
            return Arrays.toString(sorted);
        }
    }

    /** A decimal number within bounds, each included or not. */
    record DoubleWithin(double least, boolean isLeastIn, double most, boolean isMostIn) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            double number = value.kind() == Value.Kind.LONG ? value.number() : value.decimal();
            return (value.kind() == Value.Kind.DOUBLE || value.kind() == Value.Kind.LONG)
                    && (isLeastIn ? number >= least : number > least)
                    && (isMostIn ? number <= most : number < most);
        }
    }

    record BooleanEquals(boolean expected) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            return value.kind() == Value.Kind.BOOLEAN && value.isTrue() == expected;
        }
    }

    /** An address in any of the networks. */
    record InNetworks(Networks networks) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            return networks.contain(value);
        }
    }

    /** Whatever kind of value it is, compared with what was written as that kind; two tests of the same thing. */
    record ByKind(ValueTest forLongs, ValueTest forTexts) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            return value.kind() == Value.Kind.LONG ? forLongs.holds(value) : forTexts.holds(value);
        }
    }

    /** Holds as the modifier counts. */
    record Counting(Modifier modifier, ValueTest[] tests) implements ValueTest {
        @Override
        public boolean holds(Value value) {
            int count = 0;
            for (ValueTest test : tests) {
                count += test.holds(value) ? 1 : 0;
            }
            return switch (modifier) {
                case NONE, ANYOF -> count > 0;
                case ONEOF -> count == 1;
                case ALLOF -> count > 0 && count == tests.length;
            };
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Counting counting
                    && counting.modifier == modifier
                    && Arrays.equals(counting.tests, tests);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(tests);
        }

        @Override
        public String toString() {
            return modifier + Arrays.toString(tests);
        }
    }
}
