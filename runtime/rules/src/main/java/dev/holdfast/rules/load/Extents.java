package dev.holdfast.rules.load;

import dev.holdfast.rules.syntax.Condition;
import dev.holdfast.rules.syntax.Right;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How large conditions are when their macros are put in, each time they are named. */
final class Extents {
    /**
     * @param weight how many checks and values there are
     * @param depth how deep they nest
     */
    record Extent(long weight, int depth) {
        private Extent deeper() {
            return new Extent(weight, depth + 1);
        }
    }

    private final Map<String, Extent> macros = new HashMap<>();

    /** Measures a macro, whose own macros have been measured before. */
    Extent macro(String name, Condition body) {
        Extent extent = of(body);
        macros.put(name, extent);
        return extent;
    }

    Extent macro(String name) {
        return macros.getOrDefault(name, new Extent(1, 1));
    }

    Extent of(Condition condition) {
        return switch (condition) {
            case Condition.And and -> sum(and.parts());
            case Condition.Or or -> sum(or.parts());
            case Condition.Not not -> of(not.part()).deeper();
            case Condition.Macro macro ->
                macros.containsKey(macro.name())
                        ? macro(macro.name()).deeper()
                        : of(macro.body()).deeper();
            case Condition.MacroName name -> new Extent(1, 1);
            case Condition.Exists exists -> new Extent(1, 1);
            case Condition.Comparison comparison ->
                new Extent(
                        comparison.right() instanceof Right.Many many
                                ? 1L + many.words().size()
                                : 1L,
                        1);
        };
    }

    private Extent sum(List<Condition> parts) {
        long weight = 0;
        int depth = 0;
        for (Condition part : parts) {
            Extent extent = of(part);
            weight += extent.weight;
            depth = Math.max(depth, extent.depth);
        }
        return new Extent(weight, depth + 1);
    }
}
