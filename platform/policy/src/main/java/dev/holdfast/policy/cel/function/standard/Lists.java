package dev.holdfast.policy.cel.function.standard;

import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Budget;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Maybe;
import dev.holdfast.policy.cel.value.Type;
import dev.holdfast.policy.cel.value.Unsigned;
import dev.holdfast.policy.cel.value.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Functions of lists, and lists as sets. */
public final class Lists {
    private static final Cost WALK = arguments -> Values.traversal(arguments[0]);
    private static final Cost PRODUCT = arguments -> 1 + Values.size(arguments[0]) * Values.size(arguments[1]);
    private static final Cost SQUARE = arguments -> 1 + Values.size(arguments[0]) * Values.size(arguments[0]);
    private static final Cost SIZE = arguments -> 1 + Values.size(arguments[0]);

    /** What has an order. */
    private static final List<String> ORDERED =
            List.of("int", "uint", "double", "bool", "duration", "timestamp", "string", "bytes");

    private Lists() {}

    static void addTo(Library library) {
        kubernetes(library);
        general(library);
        sets(library);
    }

    private static void kubernetes(Library library) {
        for (String type : ORDERED) {
            String list = "list(" + type + ")";
            library.member("isSorted", list, "bool", WALK, a -> isSorted(Values.list(a[0])))
                    .member("max", list, type, WALK, a -> extreme(Values.list(a[0]), 1, "max"))
                    .member("min", list, type, WALK, a -> extreme(Values.list(a[0]), -1, "min"));
        }
        for (String type : List.of("int", "uint", "double", "duration")) {
            library.member("sum", "list(" + type + ")", type, WALK, a -> sum(Values.list(a[0])));
        }
        library.member("indexOf", "list(A),A", "int", WALK, a -> indexOf(Values.list(a[0]), a[1], false))
                .member("lastIndexOf", "list(A),A", "int", WALK, a -> indexOf(Values.list(a[0]), a[1], true));
    }

    private static void general(Library library) {
        library.member(
                        "slice",
                        "list(A),int,int",
                        "list(A)",
                        SIZE,
                        a -> slice(Values.list(a[0]), (Long) a[1], (Long) a[2]))
                .member("flatten", "list(list(A))", "list(A)", SIZE, a -> flatten(Values.list(a[0]), 1))
                .member("flatten", "list(dyn),int", "list(dyn)", SIZE, a -> {
                    if ((Long) a[1] < 0) {
                        throw new Fault("level must be non-negative");
                    }
                    return flatten(Values.list(a[0]), (Long) a[1]);
                })
                .member("distinct", "list(A)", "list(A)", SQUARE, a -> distinct(Values.list(a[0])))
                .member(
                        "reverse",
                        "list(A)",
                        "list(A)",
                        SIZE,
                        a -> Values.list(a[0]).reversed())
                .global("lists.range", "int", "list(int)", a -> 1 + Math.max(0, (Long) a[0]), a -> range((Long) a[0]));
        for (String type : ORDERED) {
            library.member(
                    "sort",
                    "list(" + type + ")",
                    "list(" + type + ")",
                    SIZE,
                    a -> sorted(Values.list(a[0]), Values.list(a[0])));
        }
        library.member("first", "list(A)", "optional_type(A)", Cost.ONE, a -> {
                    List<Object> list = Values.list(a[0]);
                    return list.isEmpty() ? Maybe.NONE : Maybe.of(list.getFirst());
                })
                .member("last", "list(A)", "optional_type(A)", Cost.ONE, a -> {
                    List<Object> list = Values.list(a[0]);
                    return list.isEmpty() ? Maybe.NONE : Maybe.of(list.getLast());
                });
    }

    private static void sets(Library library) {
        String both = "list(A),list(A)";
        library.global("sets.contains", both, "bool", PRODUCT, a -> containsAll(Values.list(a[0]), Values.list(a[1])))
                .global(
                        "sets.equivalent",
                        both,
                        "bool",
                        PRODUCT,
                        a -> containsAll(Values.list(a[0]), Values.list(a[1]))
                                && containsAll(Values.list(a[1]), Values.list(a[0])))
                .global(
                        "sets.intersects",
                        both,
                        "bool",
                        PRODUCT,
                        a -> intersects(Values.list(a[0]), Values.list(a[1])));
    }

    private static boolean isSorted(List<Object> list) throws Fault {
        for (int i = 1; i < list.size(); i++) {
            if (Values.compare(list.get(i - 1), list.get(i)) == 1) {
                return false;
            }
        }
        return true;
    }

    private static Object extreme(List<Object> list, int sign, String name) throws Fault {
        if (list.isEmpty()) {
            throw new Fault(name + " called on empty list");
        }
        Object best = list.getFirst();
        for (Object element : list) {
            if (Values.compare(element, best) == sign) {
                best = element;
            }
        }
        return best;
    }

    private static Object sum(List<Object> list) throws Fault {
        if (list.isEmpty()) {
            return 0L;
        }
        Object sum = list.getFirst();
        for (Object element : list.subList(1, list.size())) {
            sum = switch (sum) {
                case Long one when element instanceof Long other -> Arithmetic.plus(one, other);
                case Unsigned one when element instanceof Unsigned other -> Arithmetic.plus(one, other);
                case Double one when element instanceof Double other -> (Object) (one + other);
                case Duration one when element instanceof Duration other -> Arithmetic.within(one.plus(other));
                default -> throw Fault.noOverload();
            };
        }
        return sum;
    }

    private static Long indexOf(List<Object> list, Object wanted, boolean isLast) throws Fault {
        for (int i = 0; i < list.size(); i++) {
            int place = isLast ? list.size() - 1 - i : i;
            if (Values.equal(list.get(place), wanted)) {
                return (long) place;
            }
        }
        return -1L;
    }

    private static List<Object> slice(List<Object> list, long start, long end) throws Fault {
        String call = "cannot slice(" + start + ", " + end + "), ";
        if (start < 0 || end < 0) {
            throw new Fault(call + "negative indexes not supported");
        }
        if (start > end) {
            throw new Fault(call + "start index must be less than or equal to end index");
        }
        if (end > list.size()) {
            throw new Fault(call + "list is length " + list.size());
        }
        return list.subList((int) start, (int) end);
    }

    private static List<Object> flatten(List<Object> list, long levels) throws Fault {
        List<Object> flat = new ArrayList<>();
        flatten(list, levels, flat);
        return flat;
    }

    private static void flatten(List<Object> list, long levels, List<Object> flat) throws Fault {
        for (Object element : list) {
            Budget.step();
            if (element instanceof List<?> inner && levels > 0) {
                flatten(Values.list(inner), levels - 1, flat);
            } else {
                flat.add(element);
            }
        }
    }

    private static List<Object> distinct(List<Object> list) throws Fault {
        List<Object> once = new ArrayList<>();
        for (Object element : list) {
            if (!Operators.contains(once, element)) {
                once.add(element);
            }
        }
        return once;
    }

    private static List<Object> range(long count) {
        List<Object> range = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            range.add(i);
        }
        return range;
    }

    /** The elements in the order of their keys; equal keys keep theirs. */
    public static List<Object> sorted(List<Object> list, List<Object> keys) throws Fault {
        if (!keys.isEmpty() && !Values.typeOf(keys.getFirst()).equals(Type.STRING) && !isOrdered(keys.getFirst())) {
            throw new Fault("list elements must be comparable");
        }
        for (Object key : keys) {
            if (!Values.typeOf(key).equals(Values.typeOf(keys.getFirst()))) {
                throw new Fault("list elements must have the same type");
            }
        }
        Integer[] order = new Integer[list.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        java.util.Arrays.sort(order, (one, other) -> {
            try {
                int compared = Values.compare(keys.get(one), keys.get(other));
                return compared == Values.UNORDERED ? 0 : compared;
            } catch (Fault impossible) {
                return 0; // all keys have one ordered type
            }
        });
        List<Object> sorted = new ArrayList<>(list.size());
        for (Integer place : order) {
            sorted.add(list.get(place));
        }
        return sorted;
    }

    private static boolean isOrdered(Object value) {
        return ORDERED.contains(Values.typeOf(value).shown());
    }

    private static boolean containsAll(List<Object> list, List<Object> wanted) throws Fault {
        for (Object element : wanted) {
            if (!Operators.contains(list, element)) {
                return false;
            }
        }
        return true;
    }

    private static boolean intersects(List<Object> one, List<Object> other) throws Fault {
        for (Object element : one) {
            if (Operators.contains(other, element)) {
                return true;
            }
        }
        return false;
    }
}
