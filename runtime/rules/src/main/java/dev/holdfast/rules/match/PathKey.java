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
import java.util.Set;
import java.util.function.Function;

/**
 * How texts have to begin or end for a condition to hold at all: one of the parts must be met. It says too much rather than too little: an
 * event that passes is still asked the whole condition.
 */
record PathKey(List<Part> parts) {
    /** With more, looking a text up in a set is as good. */
    private static final int MOST = 2_000;

    /** Fields whose texts tell events apart. Others about files and sockets have few values, which nearly all events share. */
    private static final Set<String> PATHS = Set.of("fd.name", "fd.nameraw", "fd.directory", "fd.filename");

    /** Which end of a text is meant. */
    enum End {
        WHOLE,
        BEGINNING,
        ENDING
    }

    /** A field and what one end of it, or the whole, must be. */
    record Part(FieldUse use, String text, End end) {}

    PathKey {
        parts = List.copyOf(parts);
    }

    /**
     * The key of a condition; empty when every text will do.
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

    /** Any part's key is one of the whole; the one whose shortest text is longest tells the most events apart. */
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
        for (Part part : parts) {
            shortest = Math.min(shortest, part.text.length() + (part.end == End.WHOLE ? 2 : 0));
        }
        return shortest;
    }

    /** Every part must have a key. */
    private static Optional<PathKey> ofOr(Condition.Or or, Function<Operand.Named, Optional<FieldUse>> fields) {
        List<Part> all = new ArrayList<>();
        for (Condition part : or.parts()) {
            Optional<PathKey> key = of(part, fields);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(key.get().parts);
        }
        return all.isEmpty() || all.size() > MOST ? Optional.empty() : Optional.of(new PathKey(all));
    }

    private static Optional<PathKey> ofComparison(
            Condition.Comparison comparison, Function<Operand.Named, Optional<FieldUse>> fields) {
        if (!(comparison.left() instanceof Operand.Named named)) {
            return Optional.empty();
        }
        Optional<FieldUse> use = fields.apply(named).filter(PathKey::isTelling);
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
        List<Part> parts = new ArrayList<>();
        for (Word word : words) {
            Part part = part(use.get(), comparison.operator(), word.text());
            if (part.text.isEmpty() && part.end != End.WHOLE) {
                return Optional.empty();
            }
            parts.add(part);
        }
        if (comparison.operator() == Operator.PMATCH) {
            parts.add(new Part(use.get(), "//", End.BEGINNING)); // slashes in a row are one
        }
        return Optional.of(new PathKey(parts));
    }

    private static boolean isTelling(FieldUse use) {
        Field field = use.field();
        return field.type() == Field.Type.TEXT
                && !use.isList()
                && !field.isCommon()
                && !field.isOfProcess()
                && (!field.name().startsWith("fd.") || PATHS.contains(field.name()));
    }

    private static Part part(FieldUse use, Operator operator, String text) {
        return switch (operator) {
            case EQUAL, IN, INTERSECTS -> new Part(use, text, End.WHOLE);
            case STARTS_WITH -> new Part(use, text, End.BEGINNING);
            case ENDS_WITH -> new Part(use, text, End.ENDING);
            case GLOB -> new Part(use, plain(text, text.length()), End.BEGINNING);
            // only the text up to the second slash is sure, because there may be more slashes in a row
            case PMATCH -> new Part(use, plain(text, secondSlash(text)), End.BEGINNING);
            case NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    CONTAINS,
                    ICONTAINS,
                    BCONTAINS,
                    BSTARTS_WITH,
                    IGLOB,
                    REGEX -> new Part(use, "", End.BEGINNING);
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
