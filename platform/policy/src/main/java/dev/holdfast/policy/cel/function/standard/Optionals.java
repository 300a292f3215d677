package dev.holdfast.policy.cel.function.standard;

import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Bytes;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Maybe;
import dev.holdfast.policy.cel.value.Null;
import dev.holdfast.policy.cel.value.Unsigned;
import dev.holdfast.policy.cel.value.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Functions of optional values. */
final class Optionals {
    private Optionals() {}

    static void addTo(Library library) {
        library.global("optional.of", "V", "optional_type(V)", Cost.ONE, a -> Maybe.of(a[0]))
                .global("optional.none", "", "optional_type(V)", Cost.ONE, a -> Maybe.NONE)
                .global(
                        "optional.ofNonZeroValue",
                        "V",
                        "optional_type(V)",
                        Cost.ONE,
                        a -> isZero(a[0]) ? Maybe.NONE : Maybe.of(a[0]))
                .global("optional.unwrap", "list(optional_type(V))", "list(V)", Cost.ONE, a -> unwrapped(a[0]))
                .member("unwrapOpt", "list(optional_type(V))", "list(V)", Cost.ONE, a -> unwrapped(a[0]));
        library.member(
                        "hasValue",
                        "optional_type(V)",
                        "bool",
                        Cost.ONE,
                        a -> ((Maybe) a[0]).value().isPresent())
                .member("value", "optional_type(V)", "V", Cost.ONE, a -> ((Maybe) a[0]).required())
                .member(
                        "or",
                        "optional_type(V),optional_type(V)",
                        "optional_type(V)",
                        Cost.ONE,
                        a -> ((Maybe) a[0]).value().isPresent() ? a[0] : a[1])
                .member(
                        "orValue",
                        "optional_type(V),V",
                        "V",
                        Cost.ONE,
                        a -> ((Maybe) a[0]).value().orElse(a[1]));
    }

    private static List<Object> unwrapped(Object list) throws Fault {
        List<Object> values = new ArrayList<>();
        for (Object element : Values.list(list)) {
            if (!(element instanceof Maybe maybe)) {
                throw Fault.noOverload();
            }
            maybe.value().ifPresent(values::add);
        }
        return values;
    }

    private static boolean isZero(Object value) {
        return switch (value) {
            case Boolean bool -> !bool;
            case Long number -> number == 0;
            case Unsigned number -> number.bits() == 0;
            case Double number -> number == 0;
            case String text -> text.isEmpty();
            case Bytes bytes -> bytes.size() == 0;
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            case Duration duration -> duration.isZero();
            case Instant moment -> moment.equals(Instant.EPOCH);
            case Null _ -> true;
            case Maybe maybe -> maybe.value().isEmpty();
            default -> false;
        };
    }
}
