package dev.holdfast.policy.cel.function.standard;

import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Bytes;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Unsigned;
import dev.holdfast.policy.cel.value.Values;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sums, differences, products and remainders, of numbers and of times; texts, bytes and lists can be added up, too. Nothing wraps around. */
public final class Arithmetic {
    private static final Cost BOTH = arguments -> Values.walking(Values.size(arguments[0]) + Values.size(arguments[1]));

    /** The server joins lists without copying them; here a long one costs what it takes. */
    private static final Cost COPY =
            arguments -> 1 + Math.max(0, Values.size(arguments[0]) + Values.size(arguments[1]) - 10_000);

    /** The least and the greatest moment that the protocol's timestamps know. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Arithmetic() {}

    static void addTo(Library library) {
        sums(library);
        products(library);
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
    public static Duration within(Duration duration) throws Fault {
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

    public static Instant within(Instant moment) throws Fault {
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
}
