package dev.holdfast.rules.event;

import java.util.Optional;

/**
 * A field with the argument that a rule gives it.
 *
 * @param argument what stands in the brackets, or behind the dot
 * @param index the argument as a whole number; -1 when it is none
 */
public record FieldUse(Field field, Optional<String> argument, long index) {
    /** A use without an argument. */
    public static FieldUse of(Field field) {
        return new FieldUse(field, Optional.empty(), -1);
    }

    /** A use with an argument. */
    public static FieldUse of(Field field, String argument) {
        return new FieldUse(field, Optional.of(argument), index(argument));
    }

    private static long index(String argument) {
        for (int i = 0; i < argument.length(); i++) {
            if (argument.charAt(i) < '0' || argument.charAt(i) > '9') {
                return -1;
            }
        }
        try {
            return argument.isEmpty() ? -1 : Long.parseLong(argument);
        } catch (NumberFormatException tooLarge) {
            return -1;
        }
    }

    /** Whether reading it gives a list. */
    public boolean isList() {
        return field.isList() || (field.isAnyOf() && argument.isEmpty());
    }

    /** As rules write it, such as {@code proc.aname[2]}. */
    public String written() {
        return argument.map(text -> field.name() + "[" + text + "]").orElse(field.name());
    }

    @Override
    public String toString() {
        return written();
    }
}
