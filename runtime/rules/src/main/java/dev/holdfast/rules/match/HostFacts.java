package dev.holdfast.rules.match;

import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.HostFields;
import dev.holdfast.rules.event.Value;
import dev.holdfast.rules.syntax.Condition;
import dev.holdfast.rules.syntax.Operand;
import dev.holdfast.rules.syntax.Right;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Whether conditions can hold for what the machine itself does. What {@link HostFields} say decides comparisons, which decide what they are parts of;
 * everything else is open, and a condition that stays open can hold. So none is taken for one of containers only that is not, while one that
 * needs two of its open parts to be the same (such as {@code (a or in_container) and not a}) is taken for one that can hold.
 */
final class HostFacts {
    private final FieldCatalogue catalogue;
    private final IdentityHashMap<Condition, Answer> known = new IdentityHashMap<>();

    HostFacts(FieldCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Whether the condition, whose macros are resolved, may hold for an event of the machine itself. */
    boolean canHold(Condition condition) {
        return of(condition) != Answer.FALSE;
    }

    private Answer of(Condition condition) {
        return switch (condition) {
            case Condition.And and -> any(and.parts(), Answer.FALSE);
            case Condition.Or or -> any(or.parts(), Answer.TRUE);
            case Condition.Not not -> of(not.part()).opposite();
            case Condition.Macro macro -> of(macro.body());
            case Condition.MacroName name -> Answer.OPEN;
            case Condition.Exists exists -> remembered(exists, exists.left());
            case Condition.Comparison comparison ->
                comparison.right() instanceof Right.Computed ? Answer.OPEN : remembered(comparison, comparison.left());
        };
    }

    /** The answer that one part is enough for; its opposite when all parts say so. */
    private Answer any(List<Condition> parts, Answer enough) {
        Answer answer = enough.opposite();
        for (Condition part : parts) {
            Answer one = of(part);
            if (one == enough) {
                return enough;
            }
            answer = one == Answer.OPEN ? Answer.OPEN : answer;
        }
        return answer;
    }

    private Answer remembered(Condition condition, Operand left) {
        Answer answer = known.get(condition);
        if (answer == null) {
            answer = find(condition, left);
            known.put(condition, answer);
        }
        return answer;
    }

    private Answer find(Condition condition, Operand left) {
        Value value = new Value();
        boolean isKnown = left instanceof Operand.Named named
                && named.argument().isEmpty()
                && HostFields.read(named.name(), value);
        if (!isKnown) {
            return Answer.OPEN;
        }
        try {
            return Answer.of(OneField.holds(condition, catalogue, value));
        } catch (CompileException wrong) {
            return Answer.OPEN; // told when the condition itself is compiled
        }
    }
}
