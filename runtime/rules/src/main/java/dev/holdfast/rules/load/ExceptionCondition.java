package dev.holdfast.rules.load;

import dev.holdfast.rules.ProblemCode;
import dev.holdfast.rules.load.ExceptionItem.Entry;
import dev.holdfast.rules.syntax.Condition;
import dev.holdfast.rules.syntax.ConditionParser;
import dev.holdfast.rules.syntax.Right;
import dev.holdfast.rules.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What exceptions say, as conditions: an exception of several fields holds when for one of its tuples every field compares with its value; one
 * of a single field when the field compares with the list of all values.
 */
final class ExceptionCondition {
    private ExceptionCondition() {}

    /** When the exception holds; empty when it has no values. */
    static Optional<Condition> of(ExceptionItem exception) throws LoadException {
        Entry fields = exception.fields().orElseThrow();
        Entry comparisons = exception.comparisons().orElseThrow();
        if (exception.values().isEmpty()) {
            return Optional.empty();
        }
        String text = fields.isList() ? tuples(exception, fields, comparisons) : single(exception, fields, comparisons);
        try {
            return Optional.of(ConditionParser.parse(text));
        } catch (SyntaxException wrong) {
            throw new LoadException(
                    ProblemCode.LOAD_ERR_COMPILE_CONDITION, wrong.getMessage(), exception.subject(), exception.place());
        }
    }

    private static String single(ExceptionItem exception, Entry field, Entry comparison) throws LoadException {
        List<String> values = new ArrayList<>();
        for (Entry value : exception.values()) {
            if (value.isList()) {
                throw wrong(exception, "Expected values array to contain a list of strings");
            }
            values.add(value(value.text()));
        }
        return field.text() + " " + comparison.text() + " (" + String.join(", ", values) + ")";
    }

    private static String tuples(ExceptionItem exception, Entry fields, Entry comparisons) throws LoadException {
        List<String> tuples = new ArrayList<>();
        for (Entry tuple : exception.values()) {
            if (tuple.entries().size() != fields.entries().size()) {
                throw wrong(exception, "Fields and values lists must have equal length");
            }
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < fields.entries().size(); i++) {
                String comparison = comparisons.entries().get(i).text();
                parts.add(fields.entries().get(i).text() + " " + comparison + " "
                        + member(tuple.entries().get(i), comparison));
            }
            tuples.add("(" + String.join(" and ", parts) + ")");
        }
        return String.join(" or ", tuples);
    }

    private static String member(Entry member, String comparison) {
        if (member.isList()) {
            List<String> values = new ArrayList<>();
            for (Entry value : member.entries()) {
                values.add(value(value.text()));
            }
            return "(" + String.join(", ", values) + ")";
        }
        if (ComparisonWord.of(comparison).filter(ComparisonWord::takesList).isEmpty()) {
            return isComputed(member.text()) ? member.text() : value(member.text());
        }
        return member.text().startsWith("(") ? member.text() : "(" + value(member.text()) + ")";
    }

    /** Whether the value is what a transformer makes of a field, such as {@code val(proc.pname)}; it has no blanks then. */
    private static boolean isComputed(String text) {
        if (!text.endsWith(")") || text.indexOf(' ') >= 0) {
            return false;
        }
        try {
            return ConditionParser.parse("a.field = " + text) instanceof Condition.Comparison comparison
                    && comparison.right() instanceof Right.Computed;
        } catch (SyntaxException aText) {
            return false;
        }
    }

    /** The value as conditions write it; one that is quoted already stays so. */
    private static String value(String text) {
        if (text.startsWith("\"") || text.startsWith("'")) {
            return text;
        }
        for (int i = 0; i < text.length(); i++) {
            if (" \t\n\r()\"'=,".indexOf(text.charAt(i)) >= 0) {
                return '"'
                        + text.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n")
                                .replace("\t", "\\t")
                        + '"';
            }
        }
        return text.isEmpty() ? "\"\"" : text;
    }

    private static LoadException wrong(ExceptionItem exception, String message) {
        return new LoadException(ProblemCode.LOAD_ERR_VALIDATE, message, exception.subject(), exception.place());
    }
}
