package dev.holdfast.policy.cel.function.standard;

import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Fields;
import dev.holdfast.policy.cel.value.Maybe;
import dev.holdfast.policy.cel.value.Null;
import dev.holdfast.policy.cel.value.Unsigned;
import dev.holdfast.policy.cel.value.Values;
import java.util.List;
import java.util.Map;

/** Comparison and look-up. What decides whether another part is evaluated at all ({@code && || ?:}) is in the planner. */
public final class Operators {
    private static final Cost SMALLER =
            arguments -> Values.walking(Math.min(Values.size(arguments[0]), Values.size(arguments[1])));

    private Operators() {}

    static void addTo(Library library) {
        logic(library);
        order(library);
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
    public static Object optionalIndex(Object operand, Object index) throws Fault {
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
