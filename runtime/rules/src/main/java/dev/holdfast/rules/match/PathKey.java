package dev.holdfast.rules.match;

import dev.holdfast.rules.event.Field;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.syntax.Condition;
import dev.holdfast.rules.syntax.Modifier;
import dev.holdfast.rules.syntax.Operand;
import dev.holdfast.rules.syntax.Operator;
import dev.holdfast.rules.syntax.Right;
import dev.holdfast.rules.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How texts of one field have to begin for a condition to hold at all. It says too much rather than too little: an event that passes is still
 * asked the whole condition.
 */
record PathKey(FieldUse use, List<Beginning> beginnings) {
    /** With more, looking a text up in a set is as good. */
    private static final int MOST = 2_000;

    /** The beginning of a text, or the whole of it. */
    record Beginning(String text, boolean isWhole) {}

    /**
     * The key of a condition that is a conjunction or stands alone; empty when every text will do.
     *
     * @param fields what a name means
     */
    static Optional<PathKey> of(Condition condition, Function<Operand.Named, Optional<FieldUse>> fields) {
        return switch (condition) {
            case Condition.And and -> ofAnd(and, fields);
            case Condition.Or or -> ofOr(or, fields);
            case Condition.Macro macro -> of(macro.body(), fields);
            case Condition.Comparison comparison -> ofComparison(comparison, fields);
            case Condition.Not not -> Optional.empty();
            case Condition.Exists exists -> Optional.empty();
            case Condition.MacroName name -> Optional.empty();
        };
    }

    /** Any part's key is one of the whole; the one whose beginnings are longest tells the most events apart. */
    private static Optional<PathKey> ofAnd(Condition.And and, Function<Operand.Named, Optional<FieldUse>> fields) {
        Optional<PathKey> best = Optional.empty();
        for (Condition part : and.parts()) {
            Optional<PathKey> key = of(part, fields);
            if (key.isPresent()
                    && (best.isEmpty() || key.get().weight() > best.get().weight())) {
                best = key;
            }
        }
        return best;
    }

    private int weight() {
        int shortest = Integer.MAX_VALUE;
        for (Beginning beginning : beginnings) {
            shortest = Math.min(shortest, beginning.isWhole ? 1_000 : beginning.text.length());
        }
        return shortest;
    }

    /** Every part must have a key, on the same field. */
    private static Optional<PathKey> ofOr(Condition.Or or, Function<Operand.Named, Optional<FieldUse>> fields) {
        List<Beginning> all = new ArrayList<>();
        Optional<FieldUse> use = Optional.empty();
        for (Condition part : or.parts()) {
            Optional<PathKey> key = of(part, fields);
            if (key.isEmpty() || (use.isPresent() && !use.get().equals(key.get().use))) {
                return Optional.empty();
            }
            use = Optional.of(key.get().use);
            all.addAll(key.get().beginnings);
        }
        return use.isEmpty() || all.size() > MOST ? Optional.empty() : Optional.of(new PathKey(use.get(), all));
    }

    private static Optional<PathKey> ofComparison(
            Condition.Comparison comparison, Function<Operand.Named, Optional<FieldUse>> fields) {
        if (!(comparison.left() instanceof Operand.Named named)) {
            return Optional.empty();
        }
        Optional<FieldUse> use = fields.apply(named)
                .filter(known -> known.field().type() == Field.Type.TEXT
                        && !known.isList()
                        && !known.field().isCommon()
                        && !known.field().isOfProcess());
        List<Word> words = switch (comparison.right()) {
            case Right.One one -> List.of(one.word());
            case Right.Many many
            when comparison.modifier() == Modifier.NONE || comparison.modifier() == Modifier.ANYOF -> many.words();
            case Right.Many many -> List.of();
            case Right.Computed computed -> List.of();
        };
        if (use.isEmpty() || words.isEmpty() || words.size() > MOST) {
            return Optional.empty();
        }
        List<Beginning> beginnings = new ArrayList<>();
        for (Word word : words) {
            Beginning beginning = beginning(comparison.operator(), word.text());
            if (beginning.text.isEmpty() && !beginning.isWhole) {
                return Optional.empty();
            }
            beginnings.add(beginning);
        }
        if (comparison.operator() == Operator.PMATCH) {
            beginnings.add(new Beginning("//", false)); // slashes in a row are one
        }
        return Optional.of(new PathKey(use.get(), beginnings));
    }

    private static Beginning beginning(Operator operator, String text) {
        return switch (operator) {
            case EQUAL, IN, INTERSECTS -> new Beginning(text, true);
            case STARTS_WITH -> new Beginning(text, false);
            case GLOB -> new Beginning(plain(text, text.length()), false);
            // only the text up to the second slash is sure, because there may be more slashes in a row
            case PMATCH -> new Beginning(plain(text, secondSlash(text)), false);
            case NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    CONTAINS,
                    ICONTAINS,
                    BCONTAINS,
                    BSTARTS_WITH,
                    ENDS_WITH,
                    IGLOB,
                    REGEX -> new Beginning("", false);
        };
    }

    private static int secondSlash(String path) {
        int slash = path.indexOf('/', 1);
        return slash < 0 ? path.length() : slash;
    }

    /** What stands before the first sign of a pattern. */
    private static String plain(String pattern, int most) {
        int end = 0;
        while (end < most && "*?[\\".indexOf(pattern.charAt(end)) < 0) {
            end++;
        }
        return pattern.substring(0, end);
    }
}
