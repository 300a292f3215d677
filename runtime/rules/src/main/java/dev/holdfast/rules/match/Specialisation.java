package dev.holdfast.rules.match;

import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.ExecutionAspect;
import dev.holdfast.rules.event.OpenAspect;
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
import java.util.Optional;

/**
 * What is left of a condition when the type of the event is known, and the {@linkplain OpenAspect aspect} of an opened file. Comparisons of {@code
 * evt.type} by name, and of what the aspect says, become true or false, and with them whatever they decide; all others stay. A condition can hold for a type only if it does not become {@link #FALSE}: so the types that a
 * rule is for follow from its tree, also through {@code not}.
 */
public final class Specialisation {
    /** Always holds. */
    static final Condition TRUE = new Condition.And(List.of(), 0);
    /** Never holds. */
    static final Condition FALSE = new Condition.Or(List.of(), 0);

    /** How many parts one condition may be multiplied to; beyond, it is left whole for the types that differ. The largest honest one has 4,000. */
    private static final int MOST_PARTS = 200_000;

    private final Condition condition;
    private final Optional<AspectFacts> facts;
    private final List<Condition.Comparison> aboutTypes = new ArrayList<>();
    private final List<Condition.Comparison> aboutAspects = new ArrayList<>();

    private Specialisation(Condition condition, Optional<AspectFacts> facts) {
        this.condition = condition;
        this.facts = facts;
        collect(condition);
    }

    /** The types of events for which the condition can hold. */
    public static List<EventType> types(Condition condition) {
        List<EventType> types = new ArrayList<>();
        Condition[][] left = byType(condition);
        for (EventType type : EventType.all()) {
            if (!isFalse(left[type.number()][OpenAspect.UNKNOWN])) {
                types.add(type);
            }
        }
        return types;
    }

    /** What is left of the condition for each type, by its number; in arrays of one. */
    static Condition[][] byType(Condition condition) {
        return new Specialisation(condition, Optional.empty()).all();
    }

    /** What is left of the condition for each type, by its number, and of types that have aspects for each one, if it tells them apart. */
    static Condition[][] all(Condition condition, AspectFacts facts) {
        return new Specialisation(condition, Optional.of(facts)).all();
    }

    /** Types and aspects that the condition does not tell apart share one object. */
    private Condition[][] all() {
        Map<BitSet, Condition> known = new HashMap<>();
        int most = Math.max(1, MOST_PARTS / size(condition));
        Condition[][] all = new Condition[EventType.all().size()][];
        for (EventType type : EventType.all()) {
            boolean hasAspects = !aboutAspects.isEmpty() && OpenAspect.isOf(type);
            Condition[] byAspect = new Condition[hasAspects ? OpenAspect.COUNT : 1];
            for (int aspect = 0; aspect < byAspect.length; aspect++) {
                BitSet answers = answers(type, aspect);
                Condition left = known.get(answers);
                if (left == null) {
                    left = of(condition, type, aspect);
                    if (!isFalse(left) && known.size() >= most) {
                        left = condition;
                    }
                    known.put(answers, left);
                }
                byAspect[aspect] = left;
            }
            all[type.number()] = facts.isPresent() && ExecutionAspect.isOf(type) ? ofExecution(byAspect[0]) : byAspect;
        }
        return all;
    }

    /** Of an execution, and of one that failed: what does not look at the outcome is not about that. */
    private static Condition[] ofExecution(Condition left) {
        return new Condition[] {left, looksAtOutcome(left) ? left : FALSE};
    }

    private static boolean looksAtOutcome(Condition condition) {
        return switch (condition) {
            case Condition.And and -> and.parts().stream().anyMatch(Specialisation::looksAtOutcome);
            case Condition.Or or -> or.parts().stream().anyMatch(Specialisation::looksAtOutcome);
            case Condition.Not not -> looksAtOutcome(not.part());
            case Condition.Macro macro -> looksAtOutcome(macro.body());
            case Condition.MacroName name -> false;
            case Condition.Exists exists -> false;
            case Condition.Comparison comparison -> looksAtOutcome(comparison.left());
        };
    }

    private static boolean looksAtOutcome(Operand operand) {
        return switch (operand) {
            case Operand.Named named ->
                ExecutionAspect.isOutcome(
                        named.argument().map(name -> named.name() + "." + name).orElse(named.name()));
            case Operand.Transformed transformed ->
                transformed.arguments().stream().anyMatch(Specialisation::looksAtOutcome);
            case Operand.Several several -> several.elements().stream().anyMatch(Specialisation::looksAtOutcome);
            case Operand.Constant constant -> false;
        };
    }

    private BitSet answers(EventType type, int aspect) {
        BitSet answers = new BitSet(aboutTypes.size() + 2 * aboutAspects.size());
        for (int i = 0; i < aboutTypes.size(); i++) {
            answers.set(i, isTrue(ofType(aboutTypes.get(i), type)));
        }
        for (int i = 0; i < aboutAspects.size(); i++) {
            int at = aboutTypes.size() + 2 * i;
            switch (answer(aboutAspects.get(i), aspect)) {
                case TRUE -> answers.set(at);
                case FALSE -> answers.set(at + 1);
                case OPEN -> {} // neither bit
            }
        }
        return answers;
    }

    private Answer answer(Condition.Comparison comparison, int aspect) {
        return facts.isEmpty() || aspect == OpenAspect.UNKNOWN
                ? Answer.OPEN
                : facts.get().of(comparison, aspect);
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

    private void collect(Condition part) {
        switch (part) {
            case Condition.And and -> and.parts().forEach(this::collect);
            case Condition.Or or -> or.parts().forEach(this::collect);
            case Condition.Not not -> collect(not.part());
            case Condition.Macro macro -> collect(macro.body());
            case Condition.MacroName name -> {}
            case Condition.Exists exists -> {}
            case Condition.Comparison comparison -> {
                if (isType(comparison.left())) {
                    aboutTypes.add(comparison);
                } else if (facts.isPresent() && facts.get().isAbout(comparison)) {
                    aboutAspects.add(comparison);
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

    /** What is left of a part; the part itself when nothing of it is decided, which others may have, too. */
    private Condition of(Condition part, EventType type, int aspect) {
        return switch (part) {
            case Condition.And and -> and(and, type, aspect);
            case Condition.Or or -> or(or, type, aspect);
            case Condition.Not not -> {
                Condition inner = of(not.part(), type, aspect);
                yield isTrue(inner)
                        ? FALSE
                        : isFalse(inner) ? TRUE : isSame(inner, not.part()) ? not : new Condition.Not(inner, not.at());
            }
            case Condition.Macro macro -> of(macro.body(), type, aspect);
            case Condition.MacroName name -> name;
            case Condition.Exists exists -> isType(exists.left()) ? TRUE : exists;
            case Condition.Comparison comparison ->
                isType(comparison.left())
                        ? ofType(comparison, type)
                        : switch (answer(comparison, aspect)) {
                            case TRUE -> TRUE;
                            case FALSE -> FALSE;
                            case OPEN -> comparison;
                        };
        };
    }

    private Condition and(Condition.And and, EventType type, int aspect) {
        List<Condition> parts = new ArrayList<>();
        boolean isSame = and.parts().size() != 1;
        for (Condition part : and.parts()) {
            Condition left = of(part, type, aspect);
            if (isFalse(left)) {
                return FALSE;
            }
            if (left instanceof Condition.And inner) {
                parts.addAll(inner.parts());
                isSame = false;
            } else {
                parts.add(left);
                isSame &= isSame(left, part);
            }
        }
        return isSame ? and : parts.size() == 1 ? parts.getFirst() : new Condition.And(parts, and.at());
    }

    private Condition or(Condition.Or or, EventType type, int aspect) {
        List<Condition> parts = new ArrayList<>();
        boolean isSame = or.parts().size() != 1;
        for (Condition part : or.parts()) {
            Condition left = of(part, type, aspect);
            if (isTrue(left)) {
                return TRUE;
            }
            if (left instanceof Condition.Or inner) {
                parts.addAll(inner.parts());
                isSame = false;
            } else {
                parts.add(left);
                isSame &= isSame(left, part);
            }
        }
        return isSame ? or : parts.size() == 1 ? parts.getFirst() : new Condition.Or(parts, or.at());
    }

    @SuppressWarnings(
            "ReferenceEquality") // what was not changed is the same object; comparing whole trees would take long
    private static boolean isSame(Condition one, Condition other) {
        return one == other;
    }

    private static boolean isType(Operand operand) {
        return operand instanceof Operand.Named named && named.name().equals("evt.type");
    }

    private static Condition ofType(Condition.Comparison comparison, EventType type) {
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
