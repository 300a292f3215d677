package dev.holdfast.rules.match;

import dev.holdfast.rules.event.Value;
import dev.holdfast.rules.match.Slots.Argument;
import dev.holdfast.rules.text.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What transformers make of values. What cannot be transformed is absent. */
final class Transformation {
    private Transformation() {}

    static void apply(Slots.Definition.Derived derived, Extraction fields, Value into) {
        List<Argument> arguments = derived.arguments();
        Value given = value(arguments.getFirst(), fields);
        switch (derived.transformer()) {
            case JOIN -> join(given, value(arguments.get(1), fields), into);
            case CONCAT -> concat(arguments, fields, into);
            case GETOPT -> Options.read(given, value(arguments.get(1), fields), derived.selector(), into);
            case VAL -> into.set(given);
            case LEN -> length(given, into);
            case TOLOWER, TOUPPER, B64, BASENAME -> {
                if (given.kind() == Value.Kind.LIST) {
                    into.setList();
                    for (int i = 0; i < given.size(); i++) {
                        one(derived, given.element(i), into.add());
                    }
                } else {
                    one(derived, given, into);
                }
            }
        }
    }

    /** What an argument is for the event; a list is absent when one of its elements is. */
    private static Value value(Argument argument, Extraction fields) {
        return switch (argument) {
            case Argument.OfSlot(int slot) -> fields.value(slot);
            case Argument.Text(String text) -> {
                Value value = new Value();
                value.set(text);
                yield value;
            }
            case Argument.Several(List<Argument> elements) -> {
                Value list = new Value();
                list.setList();
                for (Argument element : elements) {
                    Value value = value(element, fields);
                    if (value.isAbsent()) {
                        list.clear();
                        break;
                    }
                    append(value, list);
                }
                yield list;
            }
        };
    }

    private static void append(Value value, Value list) {
        if (value.kind() != Value.Kind.LIST) {
            list.add().set(value.toString());
            return;
        }
        for (int i = 0; i < value.size(); i++) {
            list.add().set(value.element(i).toString());
        }
    }

    private static void one(Slots.Definition.Derived derived, Value given, Value into) {
        if (given.kind() != Value.Kind.TEXT) {
            return;
        }
        String text = given.text();
        switch (derived.transformer()) {
            case TOLOWER -> into.set(Ascii.lower(text));
            case TOUPPER -> into.set(Ascii.upper(text));
            case BASENAME -> into.set(text.substring(text.lastIndexOf('/') + 1));
            case B64 -> decode(text, into);
            case VAL, LEN, JOIN, CONCAT, GETOPT -> throw new IllegalStateException();
        }
    }

    private static void decode(String text, Value into) {
        try {
            into.set(new String(
                    Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notEncoded) {
            into.clear();
        }
    }

    private static void length(Value given, Value into) {
        if (given.kind() == Value.Kind.LIST) {
            into.set((long) given.size());
        } else if (given.kind() == Value.Kind.TEXT) {
            into.set(utf8Length(given.text()));
        }
    }

    private static long utf8Length(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    private static void join(Value between, Value list, Value into) {
        if (between.isAbsent() || list.kind() != Value.Kind.LIST) {
            return;
        }
        String separator = between.toString();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < list.size(); i++) {
            text.append(i == 0 ? "" : separator).append(list.element(i));
        }
        into.set(text.toString());
    }

    /** All texts, one behind the other; absent when one of them is. */
    private static void concat(List<Argument> arguments, Extraction fields, Value into) {
        StringBuilder text = new StringBuilder();
        for (Argument argument : arguments) {
            Value value = value(argument, fields);
            if (value.isAbsent()) {
                return;
            }
            text.append(value);
        }
        into.set(text.toString());
    }
}
