package dev.holdfast.rules.match;

import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.OpenAspect;
import dev.holdfast.rules.event.Value;
import dev.holdfast.rules.syntax.Condition;
import dev.holdfast.rules.syntax.Operand;
import dev.holdfast.rules.syntax.Operator;
import dev.holdfast.rules.syntax.Right;
import java.util.IdentityHashMap;

/** What the {@linkplain OpenAspect aspect} of an opened file decides of comparisons: it is found out by asking them, so that it says what they say. */
final class AspectFacts {
    private final FieldCatalogue catalogue;
    private final IdentityHashMap<Condition.Comparison, Answer[]> known = new IdentityHashMap<>();

    AspectFacts(FieldCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** What an aspect, which is known, says about a comparison. */
    Answer of(Condition.Comparison comparison, int aspect) {
        return known.computeIfAbsent(comparison, this::all)[aspect];
    }

    /** Whether any aspect says anything. */
    boolean isAbout(Condition.Comparison comparison) {
        for (Answer answer : known.computeIfAbsent(comparison, this::all)) {
            if (answer != Answer.OPEN) {
                return true;
            }
        }
        return false;
    }

    private Answer[] all(Condition.Comparison comparison) {
        Answer[] answers = new Answer[OpenAspect.COUNT];
        for (int aspect = 0; aspect < answers.length; aspect++) {
            answers[aspect] = aspect == OpenAspect.UNKNOWN ? Answer.OPEN : find(comparison, aspect);
        }
        return answers;
    }

    private Answer find(Condition.Comparison comparison, int aspect) {
        Value least = new Value();
        Value most = new Value();
        boolean isKnown = comparison.left() instanceof Operand.Named named
                && named.argument().isEmpty()
                && !(comparison.right() instanceof Right.Computed)
                && OpenAspect.read(aspect, named.name(), least, most);
        if (!isKnown) {
            return Answer.OPEN;
        }
        boolean isOne = least.toString().equals(most.toString());
        if (!isOne && isAsked(comparison, least.number(), most.number())) {
            return Answer.OPEN;
        }
        try {
            boolean holds = OneField.holds(comparison, catalogue, least);
            return holds != OneField.holds(comparison, catalogue, most) ? Answer.OPEN : Answer.of(holds);
        } catch (CompileException wrong) {
            return Answer.OPEN; // told when the condition itself is compiled
        }
    }

    /** Whether numbers between these two may be answered otherwise than both of them. */
    private static boolean isAsked(Condition.Comparison comparison, long least, long most) {
        if (!(comparison.right() instanceof Right.One one)) {
            return true;
        }
        if (comparison.operator().isNumeric()) {
            return false;
        }
        if (comparison.operator() != Operator.EQUAL && comparison.operator() != Operator.NOT_EQUAL) {
            return true;
        }
        try {
            long number = Long.parseLong(one.word().text());
            return number >= least && number <= most;
        } catch (NumberFormatException other) {
            return true;
        }
    }
}
