package dev.holdfast.rules.load;

import dev.holdfast.rules.Problem;
import dev.holdfast.rules.ProblemCode;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.syntax.Condition;
import dev.holdfast.rules.syntax.Operand;
import dev.holdfast.rules.syntax.Operator;
import dev.holdfast.rules.syntax.Right;
import dev.holdfast.rules.syntax.Word;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what conditions say, but hardly mean. Looks at what the rule itself says, not at its macros. */
final class Warnings {
    /** Fields of events that no longer come in two halves. */
    private static final Set<String> DEPRECATED = Set.of(
            "evt.dir", "evt.latency", "evt.latency.s", "evt.latency.ns", "evt.latency.human", "evt.wait_latency");

    private final Problems problems;
    private final FieldCatalogue catalogue;

    Warnings(Problems problems, FieldCatalogue catalogue) {
        this.problems = problems;
        this.catalogue = catalogue;
    }

    void look(RuleItem rule, Condition condition) {
        switch (condition) {
            case Condition.And and -> and.parts().forEach(part -> look(rule, part));
            case Condition.Or or -> or.parts().forEach(part -> look(rule, part));
            case Condition.Not not -> look(rule, not.part());
            case Condition.MacroName name -> {}
            case Condition.Macro macro -> {}
            case Condition.Exists exists -> deprecated(rule, exists.left());
            case Condition.Comparison comparison -> {
                deprecated(rule, comparison.left());
                for (Word word : words(comparison.right())) {
                    look(rule, comparison, word);
                }
            }
        }
    }

    private static List<Word> words(Right right) {
        return switch (right) {
            case Right.One one -> List.of(one.word());
            case Right.Many many -> many.words();
            case Right.Computed computed -> List.of();
        };
    }

    private void look(RuleItem rule, Condition.Comparison comparison, Word word) {
        boolean isEquality = switch (comparison.operator()) {
            case EQUAL, NOT_EQUAL, IN, INTERSECTS, PMATCH -> true;
            default -> false;
        };
        if (isEquality && word.text().equals("<NA>") && isUnsafe(comparison.left())) {
            tell(
                    rule,
                    ProblemCode.LOAD_UNSAFE_NA_CHECK,
                    "comparing a field value with <NA> is unsafe and can lead to unpredictable behavior of the rule condition;"
                            + " to check whether the field exists use the 'exists' operator",
                    word.at());
        }
        if (word.isBare()
                && comparison.operator() != Operator.IN
                && catalogue.field(rule.source, word.text()).isPresent()) {
            tell(
                    rule,
                    ProblemCode.LOAD_COMPILE_CONDITION,
                    "'" + word.text() + "' may be a valid field misused as a const string value; val(" + word.text()
                            + ") is the field's value",
                    word.at());
        }
    }

    private static boolean isUnsafe(Operand operand) {
        return operand instanceof Operand.Named named
                && (named.name().startsWith("ka.") || named.name().startsWith("jevt."));
    }

    private void deprecated(RuleItem rule, Operand operand) {
        if (operand instanceof Operand.Named named && DEPRECATED.contains(named.name())) {
            tell(
                    rule,
                    ProblemCode.LOAD_DEPRECATED_ITEM,
                    "usage of deprecated field '" + named.name() + "' has been detected in the rule condition",
                    named.at());
        }
    }

    private void tell(RuleItem rule, ProblemCode code, String message, int at) {
        problems.tell(code, message, new LoadException.Subject("rule", rule.name), rule.condition.place(at));
    }

    /** Warns of deprecated fields among those of an output. */
    void look(RuleItem rule, Set<String> printed, Problem.Place place) {
        Optional<String> deprecated =
                printed.stream().filter(DEPRECATED::contains).findFirst();
        deprecated.ifPresent(field -> problems.tell(
                ProblemCode.LOAD_DEPRECATED_ITEM,
                "usage of deprecated field '" + field + "' has been detected in the rule output",
                new LoadException.Subject("rule", rule.name),
                place));
    }
}
