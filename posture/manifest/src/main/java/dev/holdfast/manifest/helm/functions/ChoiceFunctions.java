package dev.holdfast.manifest.helm.functions;

import static dev.holdfast.manifest.template.FunctionTable.Parameter.ANY;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.BOOL;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.STRING;

import dev.holdfast.manifest.template.FunctionTable;
import dev.holdfast.manifest.template.Shape;
import dev.holdfast.manifest.template.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Defaults, choices, and questions about what a value is. */
final class ChoiceFunctions {
    private ChoiceFunctions() {}

    static void addTo(FunctionTable table) {
        table.addVariadic("default", (a, _) -> a.size() < 2 || isEmpty(a.get(1)) ? a.getFirst() : a.get(1), ANY, ANY);
        table.add("empty", (a, _) -> isEmpty(a.getFirst()), ANY);
        table.addVariadic("coalesce", (a, _) -> firstOf(a), ANY);
        table.addVariadic("all", (a, _) -> a.stream().noneMatch(ChoiceFunctions::isEmpty), ANY);
        table.addVariadic("any", (a, _) -> a.stream().anyMatch(each -> !isEmpty(each)), ANY);
        table.add("ternary", (a, _) -> Boolean.TRUE.equals(a.get(2)) ? a.get(0) : a.get(1), ANY, ANY, BOOL);
        table.add("typeOf", (a, _) -> Values.typeName(a.getFirst()), ANY);
        table.add("typeIs", (a, _) -> Given.text(a, 0).equals(Values.typeName(a.get(1))), STRING, ANY);
        table.add("typeIsLike", (a, _) -> isLike(Given.text(a, 0), Values.typeName(a.get(1))), STRING, ANY);
        table.add("kindOf", (a, _) -> Values.kindName(a.getFirst()), ANY);
        table.add("kindIs", (a, _) -> Given.text(a, 0).equals(Values.kindName(a.get(1))), STRING, ANY);
        table.add("deepEqual", (a, _) -> Values.areEqual(a.get(0), a.get(1)), ANY, ANY);
    }

    static boolean isEmpty(@Nullable Object value) {
        return !(value instanceof Shape) && !Values.isTrue(value);
    }

    private static boolean isLike(String wanted, String type) {
        return wanted.equals(type) || ("*" + wanted).equals(type);
    }

    private static @Nullable Object firstOf(List<@Nullable Object> values) {
        for (Object value : values) {
            if (!isEmpty(value)) {
                return value;
            }
        }
        return null;
    }
}
