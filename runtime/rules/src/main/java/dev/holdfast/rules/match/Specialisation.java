package dev.holdfast.rules.match;

import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.syntax.Condition;
import dev.holdfast.rules.syntax.Modifier;
import dev.holdfast.rules.syntax.Operand;
import dev.holdfast.rules.syntax.Operator;
import dev.holdfast.rules.syntax.Right;
import dev.holdfast.rules.syntax.Word;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is left of a condition when the type of the event is known. Comparisons of {@code evt.type} by name become true or false, and with
 * them whatever they decide; all others stay. A condition can hold for a type only if it does not become {@link #FALSE}: so the types that a
 * rule is for follow from its tree, also through {@code not}.
 */
public final class Specialisation {
    /** Always holds. */
    static final Condition TRUE = new Condition.And(List.of(), 0);
    /** Never holds. */
    static final Condition FALSE = new Condition.Or(List.of(), 0);

    /** How many parts one condition may be multiplied to; beyond, it is left whole for the types that differ. The largest honest one has 4,000. */
    private static final int MOST_PARTS = 200_000;

    private Specialisation() {}

    /** The types of events for which the condition can hold. */
    public static List<EventType> types(Condition condition) {
        List<EventType> types = new ArrayList<>();
        Condition[] left = all(condition);
        for (EventType type : EventType.all()) {
            if (!isFalse(left[type.number()])) {
                types.add(type);
            }
        }
        return types;
    }

    /** What is left of the condition for each type, by its number. Types that the condition does not tell apart share one object. */
    static Condition[] all(Condition condition) {
        List<Condition.Comparison> aboutTypes = new ArrayList<>();
        collect(condition, aboutTypes);
        Map<BitSet, Condition> known = new HashMap<>();
        int most = Math.max(1, MOST_PARTS / size(condition));
        Condition[] all = new Condition[EventType.all().size()];
        for (EventType type : EventType.all()) {
            BitSet answers = new BitSet(aboutTypes.size());
            for (int i = 0; i < aboutTypes.size(); i++) {
                answers.set(i, isTrue(of(aboutTypes.get(i), type)));
            }
            Condition left = known.get(answers);
            if (left == null) {
                left = of(condition, type);
                if (!isFalse(left) && known.size() >= most) {
                    left = condition;
                }
                known.put(answers, left);
            }
            all[type.number()] = left;
        }
        return all;
    }

    /** How many parts a condition has. */
    static int size(Condition condition) {
        return switch (condition) {
            case Condition.And and ->
                1 + and.parts().stream().mapToInt(Specialisation::size).sum();
            case Condition.Or or ->
                1 + or.parts().stream().mapToInt(Specialisation::size).sum();
            case Condition.Not not -> 1 + size(not.part());
            case Condition.Macro macro -> size(macro.body());
            case Condition.MacroName name -> 1;
            case Condition.Exists exists -> 1;
            case Condition.Comparison comparison -> 1;
        };
    }

    private static void collect(Condition condition, List<Condition.Comparison> aboutTypes) {
        switch (condition) {
            case Condition.And and -> and.parts().forEach(part -> collect(part, aboutTypes));
            case Condition.Or or -> or.parts().forEach(part -> collect(part, aboutTypes));
            case Condition.Not not -> collect(not.part(), aboutTypes);
            case Condition.Macro macro -> collect(macro.body(), aboutTypes);
            case Condition.MacroName name -> {}
            case Condition.Exists exists -> {}
            case Condition.Comparison comparison -> {
                if (isType(comparison.left())) {
                    aboutTypes.add(comparison);
                }
            }
        }
    }

    static boolean isTrue(Condition condition) {
        return condition instanceof Condition.And and && and.parts().isEmpty();
    }

    static boolean isFalse(Condition condition) {
        return condition instanceof Condition.Or or && or.parts().isEmpty();
    }

    private static Condition truth(boolean isTrue) {
        return isTrue ? TRUE : FALSE;
    }

    private static Condition of(Condition condition, EventType type) {
        return switch (condition) {
            case Condition.And and -> and(and, type);
            case Condition.Or or -> or(or, type);
            case Condition.Not not -> {
                Condition part = of(not.part(), type);
                yield isTrue(part) ? FALSE : isFalse(part) ? TRUE : new Condition.Not(part, not.at());
            }
            case Condition.Macro macro -> of(macro.body(), type);
            case Condition.MacroName name -> name;
            case Condition.Exists exists -> isType(exists.left()) ? TRUE : exists;
            case Condition.Comparison comparison -> of(comparison, type);
        };
    }

    private static Condition and(Condition.And and, EventType type) {
        List<Condition> parts = new ArrayList<>();
        for (Condition part : and.parts()) {
            Condition left = of(part, type);
            if (isFalse(left)) {
                return FALSE;
            }
            if (left instanceof Condition.And inner) {
                parts.addAll(inner.parts());
            } else {
                parts.add(left);
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.And(parts, and.at());
    }

    private static Condition or(Condition.Or or, EventType type) {
        List<Condition> parts = new ArrayList<>();
        for (Condition part : or.parts()) {
            Condition left = of(part, type);
            if (isTrue(left)) {
                return TRUE;
            }
            if (left instanceof Condition.Or inner) {
                parts.addAll(inner.parts());
            } else {
                parts.add(left);
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.Or(parts, or.at());
    }

    private static boolean isType(Operand operand) {
        return operand instanceof Operand.Named named && named.name().equals("evt.type");
    }

    private static Condition of(Condition.Comparison comparison, EventType type) {
        if (!isType(comparison.left())) {
            return comparison;
        }
        Operator operator = comparison.operator();
        if (operator != Operator.EQUAL
                && operator != Operator.NOT_EQUAL
                && operator != Operator.IN
                && operator != Operator.INTERSECTS) {
            return comparison;
        }
        return switch (comparison.right()) {
            case Right.One one -> truth(one.word().text().equals(type.name()) == (operator != Operator.NOT_EQUAL));
            case Right.Many many -> truth(counts(comparison.modifier(), matches(many, type, operator), many));
            case Right.Computed computed -> comparison;
        };
    }

    private static int matches(Right.Many many, EventType type, Operator operator) {
        int matches = 0;
        for (Word word : many.words()) {
            matches += word.text().equals(type.name()) == (operator != Operator.NOT_EQUAL) ? 1 : 0;
        }
        return matches;
    }

    private static boolean counts(Modifier modifier, int matches, Right.Many many) {
        return switch (modifier) {
            case NONE, ANYOF -> matches > 0;
            case ONEOF -> matches == 1;
            case ALLOF -> matches > 0 && matches == many.words().size();
        };
    }
}
