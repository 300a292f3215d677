package dev.holdfast.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a rule holds for an event, or does not.
 *
 * @param holds whether its condition holds
 * @param isSourceRight whether the event is of the source that the rule is for; otherwise it is never asked
 * @param whole the condition with what came of each part
 */
public record Explanation(Rule rule, boolean holds, boolean isSourceRight, Step whole) {
    /**
     * A part of a condition.
     *
     * @param text as it is written; a macro's is its name
     * @param found for a comparison the value that the event has, as outputs print it
     * @param parts what it is made of; for a macro what it stands for
     */
    public record Step(String text, Kind kind, boolean holds, Optional<String> found, List<Step> parts) {
        public Step {
            parts = List.copyOf(parts);
        }
    }

    /** What a part is. */
    public enum Kind {
        AND,
        OR,
        NOT,
        MACRO,
        CHECK
    }

    /** The checks that decided: each of them answers as it does, and were they otherwise, the rule might be, too. */
    public List<Step> decisive() {
        List<Step> decisive = new ArrayList<>();
        collect(whole, decisive);
        return decisive;
    }

    private static void collect(Step step, List<Step> into) {
        switch (step.kind()) {
            case CHECK -> into.add(step);
            case NOT, MACRO -> step.parts().forEach(part -> collect(part, into));
            case AND, OR -> {
                // of a conjunction that fails the parts that fail, of a disjunction that holds the parts that hold,
                // else all
                boolean isDecidedBySome = step.holds() == (step.kind() == Kind.OR);
                for (Step part : step.parts()) {
                    if (!isDecidedBySome || part.holds() == step.holds()) {
                        collect(part, into);
                    }
                }
            }
        }
    }
}
