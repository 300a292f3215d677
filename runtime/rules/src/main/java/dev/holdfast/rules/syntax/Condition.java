package dev.holdfast.rules.syntax;

import java.util.List;

/** A condition as a tree. */
public sealed interface Condition {
    /** Where it begins in the text it was read from. */
    int at();

    /** Holds when each part does. */
    record And(List<Condition> parts, int at) implements Condition {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** Holds when any part does. */
    record Or(List<Condition> parts, int at) implements Condition {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** Holds when its part does not. */
    record Not(Condition part, int at) implements Condition {}

    /** A macro by name, before it is resolved. */
    record MacroName(String name, int at) implements Condition {}

    /** A macro with what it stands for; places inside of it are places in the macro's text. */
    record Macro(String name, Condition body, int at) implements Condition {}

    /** Holds when the field has a value. */
    record Exists(Operand left, int at) implements Condition {}

    /** A comparison; never holds when the field has no value. */
    record Comparison(Operand left, Operator operator, Modifier modifier, Right right, int at) implements Condition {}

    /** As it may be written. */
    default String written() {
        return ConditionText.of(this);
    }
}
