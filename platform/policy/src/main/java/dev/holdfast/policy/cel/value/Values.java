package dev.holdfast.policy.cel.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Equality, order, size and look-up over values of all types. Numbers of different types are equal when they are the same number. */
public final class Values {
    /** The answer of {@link #compare} for NaN and anything. */
    public static final int UNORDERED = 2;

    /** Up to here every whole number is a double. */
    private static final long EXACT = 1L << 53;

    private Values() {}

    public static boolean equal(Object one, Object other) throws Fault {
        if (isNumber(one)) {
            return isNumber(other) && compareNumbers(one, other) == 0;
        }
        return switch (one) {
            case List<?> list -> other instanceof List<?> others && listsEqual(list, others);
            case Map<?, ?> map -> other instanceof Map<?, ?> others && mapsEqual(map, others);
            case Maybe maybe ->
                other instanceof Maybe others
                        && maybe.value().isPresent() == others.value().isPresent()
                        && (maybe.value().isEmpty()
                                || equal(maybe.value().get(), others.value().orElseThrow()));
            case Type type -> other instanceof Type others && sameType(type, others);
            default -> one.equals(other);
        };
    }

    /** Types of values know no parameters: {@code type([1]) == list}. */
    private static boolean sameType(Type one, Type other) {
        return one.kind() == other.kind() && one.name().equals(other.name());
    }

    private static boolean listsEqual(List<?> one, List<?> other) throws Fault {
        if (one.size() != other.size()) {
            return false;
        }
        Iterator<?> others = other.iterator();
        for (Object element : one) {
            Budget.step();
            if (!equal(element, others.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean mapsEqual(Map<?, ?> one, Map<?, ?> other) throws Fault {
        if (one.size() != other.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : one.entrySet()) {
            Budget.step();
            Object value = find(other, entry.getKey());
            if (value == null || !equal(entry.getValue(), value)) {
                return false;
            }
        }
        return true;
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Unsigned;
    }

    /** The order of two numbers, or {@link #UNORDERED}. */
    static int compareNumbers(Object one, Object other) {
        if (one instanceof Long a && other instanceof Long b) {
            return Long.compare(a, b);
        }
        double a = toDouble(one);
        double b = toDouble(other);
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return UNORDERED;
        }
        boolean isRough = Math.abs(a) >= EXACT && Math.abs(b) >= EXACT;
        if (!isRough || Double.isInfinite(a) || Double.isInfinite(b)) {
            return a == b ? 0 : a < b ? -1 : 1;
        }
        return exact(one).compareTo(exact(other));
    }

    private static double toDouble(Object number) {
        return switch (number) {
            case Long value -> (double) value;
            case Unsigned value -> value.toDouble();
            case Double value -> value;
            default -> Double.NaN;
        };
    }

    private static BigDecimal exact(Object number) {
        return switch (number) {
            case Long value -> BigDecimal.valueOf(value);
            case Unsigned value -> new BigDecimal(value.exact());
            case Double value -> new BigDecimal(value);
            default -> BigDecimal.ZERO;
        };
    }

    /** The order of two values of one ordered type (numbers count as one), or {@link #UNORDERED}. */
    public static int compare(Object one, Object other) throws Fault {
        if (isNumber(one) && isNumber(other)) {
            return compareNumbers(one, other);
        }
        return switch (one) {
            case String a when other instanceof String b -> compareTexts(a, b);
            case Boolean a when other instanceof Boolean b -> Boolean.compare(a, b);
            case Bytes a when other instanceof Bytes b -> Integer.signum(a.compareTo(b));
            case Instant a when other instanceof Instant b -> Integer.signum(a.compareTo(b));
            case Duration a when other instanceof Duration b -> Integer.signum(a.compareTo(b));
            default -> throw Fault.noOverload();
        };
    }

    /** By code points, which is the order of the bytes in UTF-8. */
    private static int compareTexts(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char one = a.charAt(i);
            char other = b.charAt(i);
            if (one != other) {
                boolean isSurrogate = Character.isSurrogate(one);
                return isSurrogate == Character.isSurrogate(other) ? Integer.signum(one - other) : isSurrogate ? 1 : -1;
            }
        }
        return Integer.signum(a.length() - b.length());
    }

    /** The value of a key in a map, numbers of different types being one key; null when there is none. */
    public static @Nullable Object find(Map<?, ?> map, Object key) {
        Object value = map.get(key);
        if (value != null || !isNumber(key)) {
            return value;
        }
        for (Object other : variants(key)) {
            value = map.get(other);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** The same whole number as a key of the other types. */
    private static List<Object> variants(Object key) {
        return switch (key) {
            case Long number when number >= 0 -> List.of(new Unsigned(number));
            case Unsigned number when number.fitsLong() -> List.of(number.bits());
            case Double number
            when number == Math.rint(number) && Math.abs(number) < EXACT ->
                number < 0
                        ? List.of(number.longValue())
                        : List.of(number.longValue(), new Unsigned(number.longValue()));
            default -> List.of();
        };
    }

    /** How large a value is for what it costs: characters, elements, entries; anything else is 1. */
    public static long size(Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case Bytes bytes -> bytes.size();
            default -> 1;
        };
    }

    /** What it costs to walk over so many characters. */
    public static long walking(long characters) {
        return (characters + 9) / 10;
    }

    /** What it costs to walk over a value with all that it holds; more than any budget is told as that. */
    public static long traversal(Object value) {
        return traversal(value, Budget.PER_EXPRESSION);
    }

    private static long traversal(Object value, long most) {
        return switch (value) {
            case String text -> walking(size(text));
            case Bytes bytes -> walking(bytes.size());
            case List<?> list -> {
                long cost = list.isEmpty() ? 1 : 0;
                for (Object element : list) {
                    cost += traversal(element, most - cost);
                    if (cost > most) {
                        break;
                    }
                }
                yield cost;
            }
            case Map<?, ?> map -> {
                long cost = 0;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    cost += traversal(entry.getKey(), most - cost);
                    cost += traversal(entry.getValue(), most - cost);
                    if (cost > most) {
                        break;
                    }
                }
                yield cost;
            }
            default -> 1;
        };
    }

    public static Type typeOf(Object value) {
        return switch (value) {
            case Boolean _ -> Type.BOOL;
            case Long _ -> Type.INT;
            case Unsigned _ -> Type.UINT;
            case Double _ -> Type.DOUBLE;
            case String _ -> Type.STRING;
            case Bytes _ -> Type.BYTES;
            case Instant _ -> Type.TIMESTAMP;
            case Duration _ -> Type.DURATION;
            case List<?> _ -> Type.list(Type.DYN);
            case Map<?, ?> _ -> Type.map(Type.DYN, Type.DYN);
            case Maybe _ -> Type.optional(Type.DYN);
            case Type _ -> Type.type(Type.DYN);
            case Named named -> Type.struct(named.typeName());
            default -> Type.NULL;
        };
    }

    /** The elements of a list as objects. */
    @SuppressWarnings("unchecked") // every list here holds objects, and none is written to
    public static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    public static Fault indexOutOfBounds(Object index) {
        return new Fault("index out of bounds: " + index);
    }
}
