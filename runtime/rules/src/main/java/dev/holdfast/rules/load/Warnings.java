package dev.holdfast.rules.load;

import dev.holdfast.rules.Problem;
import dev.holdfast.rules.ProblemCode;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.load.LoadException.Subject;
import dev.holdfast.rules.match.OperandCompiler;
import dev.holdfast.rules.syntax.Condition;
import dev.holdfast.rules.syntax.ConditionParser;
import dev.holdfast.rules.syntax.Operand;
import dev.holdfast.rules.syntax.Operator;
import dev.holdfast.rules.syntax.Right;
import dev.holdfast.rules.syntax.SyntaxException;
import dev.holdfast.rules.syntax.Transformer;
import dev.holdfast.rules.syntax.Word;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds what conditions say, but hardly mean: in rules, their exceptions and the macros that they use, with the values of lists put in. What a
 * macro says is told once, not for every rule that uses it.
 */
final class Warnings {
    /** Fields of events that no longer come in two halves. */
    private static final Set<String> DEPRECATED = Set.of(
            "evt.dir", "evt.latency", "evt.latency.s", "evt.latency.ns", "evt.latency.human", "evt.wait_latency");

    private static final String ONCE = "; what happens is told once, when the call is over, which is evt.dir=<";

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** Whose text is looked at, for events of which source, and where its characters stand. */
    private record Speaker(Subject subject, String source, IntFunction<Problem.Place> places) {}

    private final Collected collected;
    private final Problems problems;
    private final FieldCatalogue catalogue;
    /** The macros that have been looked at, each with a source. */
    private final Set<String> macros = new HashSet<>();

    private final Map<String, Set<String>> beginnings = new HashMap<>();
    private final Map<String, Boolean> fields = new HashMap<>();

    Warnings(Collected collected, Problems problems, FieldCatalogue catalogue) {
        this.collected = collected;
        this.problems = problems;
        this.catalogue = catalogue;
    }

    /** Looks at the condition of a rule, in which lists and macros are put in. */
    void look(RuleItem rule, Condition condition) {
        look(rule, new Speaker(new Subject("rule", rule.name), rule.source, rule.condition::place), condition);
    }

    private void look(RuleItem rule, Speaker speaker, Condition condition) {
        switch (condition) {
            case Condition.And and -> and.parts().forEach(part -> look(rule, speaker, part));
            case Condition.Or or -> or.parts().forEach(part -> look(rule, speaker, part));
            case Condition.Not not -> look(rule, speaker, not.part());
            case Condition.MacroName name -> {}
            case Condition.Macro macro -> named(rule, macro.name()).ifPresent(inner -> look(rule, inner, macro.body()));
            case Condition.Exists exists -> deprecated(speaker, exists.left());
            case Condition.Comparison comparison -> look(speaker, comparison);
        }
    }

    /** Who says what stands under a name in a condition; empty when that has been looked at. */
    private Optional<Speaker> named(RuleItem rule, String name) {
        for (ExceptionItem exception : rule.exceptions) {
            if (exception.partName().equals(name)) {
                return Optional.of(new Speaker(exception.subject(), rule.source, at -> exception.place()));
            }
        }
        MacroItem macro = collected.macros.get(name);
        return macro == null || !macros.add(rule.source + " " + name)
                ? Optional.empty()
                : Optional.of(new Speaker(new Subject("macro", name), rule.source, macro.condition::place));
    }

    private void look(Speaker speaker, Condition.Comparison comparison) {
        deprecated(speaker, comparison.left());
        List<Word> words = switch (comparison.right()) {
            case Right.One one -> List.of(one.word());
            case Right.Many many -> many.words();
            case Right.Computed computed -> {
                deprecated(speaker, computed.operand());
                yield List.of();
            }
        };
        for (Word word : words) {
            if (!problems.takesWarnings()) {
                return;
            }
            look(speaker, comparison, word);
        }
    }

    private void look(Speaker speaker, Condition.Comparison comparison, Word word) {
        boolean isEquality = switch (comparison.operator()) {
            case EQUAL, NOT_EQUAL, IN, INTERSECTS, PMATCH -> true;
            default -> false;
        };
        if (isEquality && word.text().equals("<NA>") && hasField(comparison.left(), Warnings::isUnsafe)) {
            tell(
                    speaker,
                    ProblemCode.LOAD_UNSAFE_NA_CHECK,
                    "comparing a field value with <NA> is unsafe and can lead to unpredictable behavior of the rule condition;"
                            + " to check whether the field exists use the 'exists' operator",
                    word.at());
        }
        misused(speaker.source, word.text(), comparison.operator())
                .ifPresent(message -> tell(speaker, ProblemCode.LOAD_COMPILE_CONDITION, message, word.at()));
    }

    private static boolean hasBlank(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ') {
                return true;
            }
        }
        return false;
    }

    /** Whether a field of the source begins as the text does, up to its first dot. */
    private boolean beginsAsField(String source, String text) {
        int dot = text.indexOf('.');
        return dot > 0
                && beginnings
                        .computeIfAbsent(source, any -> {
                            Set<String> all = new HashSet<>();
                            catalogue.fields(any).forEach(field -> all.add(beginning(field.name())));
                            return all;
                        })
                        .contains(text.substring(0, dot));
    }

    private static String beginning(String field) {
        int dot = field.indexOf('.');
        return dot < 0 ? field : field.substring(0, dot);
    }

    /** What is odd about a value: it is written as a field, as a transformer, or as an expression that says no more than a text would. */
    private Optional<String> misused(String source, String value, Operator operator) {
        if (value.indexOf('.') < 0 && value.indexOf('(') < 0 && operator != Operator.REGEX) {
            return Optional.empty(); // lists are long, and nearly all of their values end here
        }
        String text = hasBlank(value) ? BLANKS.matcher(value).replaceAll("") : value;
        if (isField(source, text)) {
            return Optional.of("'" + value + "' may be a valid field misused as a const string value; val(" + text
                    + ") is the field's value");
        }
        if (text.endsWith(")") && Stream.of(Transformer.values()).anyMatch(one -> text.startsWith(one.word() + "("))) {
            return Optional.of("'" + value + "' may be a valid field transformer misused as a const string value");
        }
        return operator == Operator.REGEX && isPlain(value)
                ? Optional.of("regex check with '" + value + "' may be optimized with simpler operators such as"
                        + " '=', 'contains', 'startswith', 'endswith'")
                : Optional.empty();
    }

    /** Whether the text is a field. Lists are used by many rules, so what was asked once is remembered. */
    private boolean isField(String source, String text) {
        return beginsAsField(source, text)
                && fields.computeIfAbsent(source + " " + text, any -> isFieldAnew(source, text));
    }

    private boolean isFieldAnew(String source, String text) {
        try {
            return ConditionParser.parseOperand(text) instanceof Operand.Named named
                    && OperandCompiler.use(catalogue, source, named).isPresent();
        } catch (SyntaxException aText) {
            return false;
        }
    }

    /** Whether an expression has nothing special but "any text" at its ends. */
    private static boolean isPlain(String expression) {
        int length = expression.length();
        for (int i = 0; i < length; i++) {
            char c = expression.charAt(i);
            boolean isAnchor = (i == 0 && c == '^') || (i == length - 1 && c == '$');
            boolean isAny = c == '.'
                    && ((i == 0 && length > 1) || i == length - 2)
                    && "+*?".indexOf(expression.charAt(i + 1)) >= 0;
            if (isAny) {
                i++;
            } else if (!isAnchor && ".+*?^$()[]{}|\\".indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnsafe(String field) {
        return field.startsWith("ka.") || field.startsWith("jevt.");
    }

    /** Whether the operand is such a field, or made of one. */
    private static boolean hasField(Operand operand, Predicate<String> isSuch) {
        return switch (operand) {
            case Operand.Named named -> isSuch.test(named.name());
            case Operand.Transformed transformed ->
                transformed.arguments().stream().anyMatch(one -> hasField(one, isSuch));
            case Operand.Several several -> several.elements().stream().anyMatch(one -> hasField(one, isSuch));
            case Operand.Constant constant -> false;
        };
    }

    private void deprecated(Speaker speaker, Operand operand) {
        for (String field : DEPRECATED) {
            if (hasField(operand, field::equals)) {
                tell(
                        speaker,
                        ProblemCode.LOAD_DEPRECATED_ITEM,
                        "usage of deprecated field '" + field + "' has been detected in the rule condition"
                                + (field.equals("evt.dir") ? ONCE : ""),
                        operand.at());
            }
        }
        if (hasField(operand, name -> isGone(speaker.source, name))) {
            tell(
                    speaker,
                    ProblemCode.LOAD_NO_VALUE,
                    "'" + operand.written()
                            + "' is known, but never has a value here, so that no comparison with it holds",
                    operand.at());
        }
    }

    private boolean isGone(String source, String name) {
        return catalogue.use(source, name).map(use -> use.field().isGone()).orElse(false);
    }

    private void tell(Speaker speaker, ProblemCode code, String message, int at) {
        problems.tell(code, message, speaker.subject, speaker.places.apply(at));
    }

    /** Warns of deprecated fields among those of an output, which are as they are written. */
    void look(RuleItem rule, Set<String> printed, Problem.Place place) {
        Optional<String> deprecated = DEPRECATED.stream()
                .sorted()
                .filter(field -> printed.stream().anyMatch(one -> one.equals(field) || one.contains("(" + field + ")")))
                .findFirst();
        printed.stream()
                .filter(one -> isGone(rule.source, one.replaceFirst("\\[.*", "")))
                .findFirst()
                .ifPresent(field -> problems.tell(
                        ProblemCode.LOAD_NO_VALUE,
                        "'" + field + "' is known, but never has a value here, and prints <NA>",
                        new Subject("rule", rule.name),
                        place));
        deprecated.ifPresent(field -> problems.tell(
                ProblemCode.LOAD_DEPRECATED_ITEM,
                "usage of deprecated field '" + field + "' has been detected in the rule output",
                new Subject("rule", rule.name),
                place));
    }
}
