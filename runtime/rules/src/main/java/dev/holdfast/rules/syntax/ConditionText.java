package dev.holdfast.rules.syntax;

import java.util.List;

/** Writes conditions such that reading them again gives the same tree, save that macros stay names. */
final class ConditionText {
    private ConditionText() {}

    static String of(Condition condition) {
        return switch (condition) {
            case Condition.And and -> joined(and.parts(), " and ");
            case Condition.Or or -> joined(or.parts(), " or ");
            case Condition.Not not when not.part() instanceof Condition.Not inner -> "not (" + of(inner) + ")";
            case Condition.Not not -> "not " + nested(not.part());
            case Condition.MacroName macro -> macro.name();
            case Condition.Macro macro -> macro.name();
            case Condition.Exists exists -> exists.left().written() + " exists";
            case Condition.Comparison comparison -> of(comparison);
        };
    }

    private static String joined(List<Condition> parts, String word) {
        StringBuilder text = new StringBuilder();
        for (Condition part : parts) {
            text.append(text.isEmpty() ? "" : word).append(nested(part));
        }
        return text.toString();
    }

    private static String nested(Condition part) {
        return part instanceof Condition.And || part instanceof Condition.Or ? "(" + of(part) + ")" : of(part);
    }

    private static String of(Condition.Comparison comparison) {
        StringBuilder text = new StringBuilder(comparison.left().written())
                .append(' ')
                .append(comparison.operator().word())
                .append(' ');
        if (comparison.modifier() != Modifier.NONE) {
            text.append(comparison.modifier().word()).append(' ');
        }
        return switch (comparison.right()) {
            case Right.One one -> text.append(one.word().written()).toString();
            case Right.Computed computed ->
                text.append(computed.operand().written()).toString();
            case Right.Many many -> {
                text.append('(');
                for (int i = 0; i < many.words().size(); i++) {
                    text.append(i == 0 ? "" : ", ").append(many.words().get(i).written());
                }
                yield text.append(')').toString();
            }
        };
    }
}
