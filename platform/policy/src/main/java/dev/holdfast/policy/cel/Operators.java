package dev.holdfast.policy.cel;

import dev.holdfast.policy.cel.Overload.Cost;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Arithmetic, comparison, look-up. What decides whether another part is evaluated at all ({@code && || ?:}) is in the planner. */
final class Operators {
    private static final Cost SMALLER =
            arguments -> Values.walking(Math.min(Values.size(arguments[0]), Values.size(arguments[1])));
    private static final Cost BOTH = arguments -> Values.walking(Values.size(arguments[0]) + Values.size(arguments[1]));

    /** The server joins lists without copying them; here a long one costs what it takes. */
    private static final Cost COPY =
            arguments -> 1 + Math.max(0, Values.size(arguments[0]) + Values.size(arguments[1]) - 10_000);

    /** The least and the greatest moment that the protocol's timestamps know. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Operators() {}

    static void addTo(Library library) {
        logic(library);
        order(library);
        sums(library);
        products(library);
        lookUps(library);
    }

    private static void logic(Library library) {
        library.global("_?_:_", "bool,A,A", "A", Cost.ONE, Operators::unplanned)
                .global("!_", "bool", "bool", Cost.ONE, a -> !(Boolean) a[0])
                .global("_==_", "A,A", "bool", SMALLER, a -> Values.equal(a[0], a[1]))
                .global("_!=_", "A,A", "bool", SMALLER, a -> !Values.equal(a[0], a[1]));
    }

    private static Object unplanned(Object... arguments) {
        throw new IllegalStateException("a choice is planned, not called: " + arguments.length);
    }

    private static void order(Library library) {
        List<String> numbers = List.of("int", "uint", "double");
        List<String> others = List.of("bool", "string", "bytes", "timestamp", "duration");
        for (String type : others) {
            compared(library, type, type, type.equals("string") || type.equals("bytes") ? SMALLER : Cost.ONE);
        }
        for (String one : numbers) {
            for (String other : numbers) {
                compared(library, one, other, Cost.ONE);
            }
        }
    }

    private static void compared(Library library, String one, String other, Cost cost) {
        String both = one + "," + other;
        library.global("_<_", both, "bool", cost, a -> Values.compare(a[0], a[1]) == -1)
                .global("_<=_", both, "bool", cost, a -> Values.compare(a[0], a[1]) <= 0)
                .global("_>_", both, "bool", cost, a -> Values.compare(a[0], a[1]) == 1)
                .global("_>=_", both, "bool", cost, a -> {
                    int order = Values.compare(a[0], a[1]);
                    return order == 0 || order == 1;
                });
    }

    private static void sums(Library library) {
        library.global("_+_", "bytes,bytes", "bytes", BOTH, a -> ((Bytes) a[0]).plus((Bytes) a[1]))
                .global("_+_", "double,double", "double", Cost.ONE, a -> (Double) a[0] + (Double) a[1])
                .global(
                        "_+_",
                        "duration,duration",
                        "duration",
                        Cost.ONE,
                        a -> within(((Duration) a[0]).plus((Duration) a[1])))
                .global("_+_", "duration,timestamp", "timestamp", Cost.ONE, a -> plus((Instant) a[1], (Duration) a[0]))
                .global("_+_", "timestamp,duration", "timestamp", Cost.ONE, a -> plus((Instant) a[0], (Duration) a[1]))
                .global("_+_", "int,int", "int", Cost.ONE, a -> plus((Long) a[0], (Long) a[1]))
                .global(
                        "_+_",
                        "list(A),list(A)",
                        "list(A)",
                        COPY,
                        a -> concatenated(Values.list(a[0]), Values.list(a[1])))
                .global("_+_", "string,string", "string", BOTH, a -> (String) a[0] + (String) a[1])
                .global("_+_", "uint,uint", "uint", Cost.ONE, a -> plus((Unsigned) a[0], (Unsigned) a[1]));
        library.global("_-_", "double,double", "double", Cost.ONE, a -> (Double) a[0] - (Double) a[1])
                .global(
                        "_-_",
                        "duration,duration",
                        "duration",
                        Cost.ONE,
                        a -> within(((Duration) a[0]).minus((Duration) a[1])))
                .global("_-_", "int,int", "int", Cost.ONE, a -> minus((Long) a[0], (Long) a[1]))
                .global(
                        "_-_",
                        "timestamp,duration",
                        "timestamp",
                        Cost.ONE,
                        a -> plus((Instant) a[0], ((Duration) a[1]).negated()))
                .global(
                        "_-_",
                        "timestamp,timestamp",
                        "duration",
                        Cost.ONE,
                        a -> within(Duration.between((Instant) a[1], (Instant) a[0])))
                .global("_-_", "uint,uint", "uint", Cost.ONE, a -> minus((Unsigned) a[0], (Unsigned) a[1]));
        library.global("-_", "int", "int", Cost.ONE, a -> minus(0L, (Long) a[0]))
                .global("-_", "double", "double", Cost.ONE, a -> -(Double) a[0]);
    }

    private static void products(Library library) {
        library.global("_*_", "double,double", "double", Cost.ONE, a -> (Double) a[0] * (Double) a[1])
                .global("_*_", "int,int", "int", Cost.ONE, a -> {
                    try {
                        return Math.multiplyExact((Long) a[0], (Long) a[1]);
                    } catch (ArithmeticException overflow) {
                        throw new Fault("integer overflow");
                    }
                })
                .global("_*_", "uint,uint", "uint", Cost.ONE, a -> {
                    long one = ((Unsigned) a[0]).bits();
                    long other = ((Unsigned) a[1]).bits();
                    if (Math.unsignedMultiplyHigh(one, other) != 0) {
                        throw new Fault("unsigned integer overflow");
                    }
                    return new Unsigned(one * other);
                });
        library.global("_/_", "double,double", "double", Cost.ONE, a -> (Double) a[0] / (Double) a[1])
                .global("_/_", "int,int", "int", Cost.ONE, a -> {
                    requireDivisor((Long) a[1], "division by zero");
                    if ((Long) a[0] == Long.MIN_VALUE && (Long) a[1] == -1) {
                        throw new Fault("integer overflow");
                    }
                    return (Long) a[0] / (Long) a[1];
                })
                .global("_/_", "uint,uint", "uint", Cost.ONE, a -> {
                    requireDivisor(((Unsigned) a[1]).bits(), "division by zero");
                    return new Unsigned(Long.divideUnsigned(((Unsigned) a[0]).bits(), ((Unsigned) a[1]).bits()));
                });
        library.global(
                        "_%_",
                        "int,int", "int", Cost.ONE, a -> {
                            requireDivisor((Long) a[1], "modulus by zero");
                            if ((Long) a[0] == Long.MIN_VALUE && (Long) a[1] == -1) {
                                throw new Fault("integer overflow");
                            }
                            return (Long) a[0] % (Long) a[1];
                        })
                .global(
                        "_%_",
                        "uint,uint", "uint", Cost.ONE, a -> {
                            requireDivisor(((Unsigned) a[1]).bits(), "modulus by zero");
                            return new Unsigned(
                                    Long.remainderUnsigned(((Unsigned) a[0]).bits(), ((Unsigned) a[1]).bits()));
                        });
    }

    private static void requireDivisor(long divisor, String otherwise) throws Fault {
        if (divisor == 0) {
            throw new Fault(otherwise);
        }
    }

    static Long plus(long one, long other) throws Fault {
        long sum = one + other;
        if (((one ^ sum) & (other ^ sum)) < 0) {
            throw new Fault("integer overflow");
        }
        return sum;
    }

    private static Long minus(long one, long other) throws Fault {
        long difference = one - other;
        if (((one ^ other) & (one ^ difference)) < 0) {
            throw new Fault("integer overflow");
        }
        return difference;
    }

    static Unsigned plus(Unsigned one, Unsigned other) throws Fault {
        long sum = one.bits() + other.bits();
        if (Long.compareUnsigned(sum, one.bits()) < 0) {
            throw new Fault("unsigned integer overflow");
        }
        return new Unsigned(sum);
    }

    private static Unsigned minus(Unsigned one, Unsigned other) throws Fault {
        if (one.compareTo(other) < 0) {
            throw new Fault("unsigned integer overflow");
        }
        return new Unsigned(one.bits() - other.bits());
    }

    /** A duration that fits 64 bits of nanoseconds, about 292 years. */
    static Duration within(Duration duration) throws Fault {
        try {
            long nanos = duration.toNanos();
            return Duration.ofNanos(nanos);
        } catch (ArithmeticException tooLong) {
            throw new Fault("duration overflow");
        }
    }

    private static Instant plus(Instant moment, Duration duration) throws Fault {
        try {
            return within(moment.plus(duration));
        } catch (DateTimeException | ArithmeticException tooFar) {
            throw new Fault("timestamp overflow");
        }
    }

    static Instant within(Instant moment) throws Fault {
        if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
            throw new Fault("timestamp overflow");
        }
        return moment;
    }

    private static List<Object> concatenated(List<Object> one, List<Object> other) {
        List<Object> both = new ArrayList<>(one.size() + other.size());
        both.addAll(one);
        both.addAll(other);
        return both;
    }

    private static void lookUps(Library library) {
        Cost listSize = arguments -> Values.size(arguments[1]);
        library.global("@in", "A,list(A)", "bool", listSize, a -> contains(Values.list(a[1]), a[0]))
                .global("@in", "A,map(A,B)", "bool", Cost.ONE, a -> Values.find((Map<?, ?>) a[1], a[0]) != null);
        library.global("_[_]", "list(A),int", "A", Cost.ONE, a -> index(a[0], a[1]))
                .global("_[_]", "map(A,B),A", "B", Cost.ONE, a -> index(a[0], a[1]))
                .global("_[_]", "optional_type(list(V)),int", "optional_type(V)", Cost.ONE, a -> index(a[0], a[1]))
                .global("_[_]", "optional_type(map(K,V)),K", "optional_type(V)", Cost.ONE, a -> index(a[0], a[1]));
        library.global("_[?_]", "list(V),int", "optional_type(V)", Cost.ONE, a -> optionalIndex(a[0], a[1]))
                .global(
                        "_[?_]",
                        "optional_type(list(V)),int",
                        "optional_type(V)",
                        Cost.ONE,
                        a -> optionalIndex(a[0], a[1]))
                .global("_[?_]", "map(K,V),K", "optional_type(V)", Cost.ONE, a -> optionalIndex(a[0], a[1]))
                .global(
                        "_[?_]",
                        "optional_type(map(K,V)),K",
                        "optional_type(V)",
                        Cost.ONE,
                        a -> optionalIndex(a[0], a[1]));
    }

    static boolean contains(List<Object> list, Object value) throws Fault {
        for (Object element : list) {
            if (Values.equal(element, value)) {
                return true;
            }
        }
        return false;
    }

    /** {@code operand[index]}. */
    static Object index(Object operand, Object index) throws Fault {
        return switch (operand) {
            case Maybe maybe -> maybe.value().isEmpty() ? Maybe.NONE : optionalIndex(operand, index);
            case List<?> list -> {
                int place = place(list, index);
                if (place < 0) {
                    throw Values.indexOutOfBounds(index);
                }
                yield Values.list(list).get(place);
            }
            case Map<?, ?> map -> {
                Object value = Values.find(map, index);
                if (value == null) {
                    throw Fault.noKey(index);
                }
                yield value;
            }
            case Fields fields when index instanceof String name -> fields.field(name);
            default -> throw operand == Null.NULL ? Fault.noKey(index) : Fault.noOverload();
        };
    }

    /** Which element an index means, or -1 when there is none. */
    private static int place(List<?> list, Object index) throws Fault {
        long place = switch (index) {
            case Long number -> number;
            case Unsigned number when number.fitsLong() -> number.bits();
            case Unsigned _ -> -1;
            case Double number when number == Math.rint(number) -> number.longValue();
            default ->
                throw new Fault(
                        "unsupported index type '" + Values.typeOf(index).name() + "' in list");
        };
        return place < 0 || place >= list.size() ? -1 : (int) place;
    }

    /** {@code operand[?index]}. */
    static Object optionalIndex(Object operand, Object index) throws Fault {
        return switch (operand) {
            case Maybe maybe ->
                maybe.value().isEmpty()
                        ? Maybe.NONE
                        : optionalIndex(maybe.value().get(), index);
            case List<?> list -> {
                int place = place(list, index);
                yield place < 0 ? Maybe.NONE : Maybe.of(Values.list(list).get(place));
            }
            case Map<?, ?> map -> {
                Object value = Values.find(map, index);
                yield value == null ? Maybe.NONE : Maybe.of(value);
            }
            default -> Maybe.NONE;
        };
    }
}
