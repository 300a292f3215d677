package dev.holdfast.rules.match;

import dev.holdfast.rules.event.Value;
import dev.holdfast.rules.match.Slots.Argument;
import dev.holdfast.rules.text.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What transformers make of values. What cannot be transformed is absent. */
final class Transformation {
    private Transformation() {}

    static void apply(Slots.Definition.Derived derived, Extraction fields, Value into) {
        List<Argument> arguments = derived.arguments();
        switch (derived.transformer()) {
            case JOIN ->
                join(
                        arguments.subList(1, arguments.size()),
                        arguments.getFirst().text(),
                        fields,
                        into);
            case CONCAT -> join(arguments, "", fields, into);
            case GETOPT ->
                getopt(fields.value(arguments.get(0).slot()), arguments.get(1).text(), into);
            case VAL -> into.set(fields.value(arguments.getFirst().slot()));
            case LEN -> length(fields.value(arguments.getFirst().slot()), into);
            case TOLOWER, TOUPPER, B64, BASENAME -> {
                Value given = fields.value(arguments.getFirst().slot());
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

    /** All texts, one behind the other; absent when one of them is. */
    private static void join(List<Argument> arguments, String between, Extraction fields, Value into) {
        List<String> texts = new ArrayList<>();
        for (Argument argument : arguments) {
            if (argument.slot() < 0) {
                texts.add(argument.text());
                continue;
            }
            Value value = fields.value(argument.slot());
            if (value.isAbsent()) {
                return;
            }
            if (value.kind() == Value.Kind.LIST) {
                for (int i = 0; i < value.size(); i++) {
                    texts.add(value.element(i).toString());
                }
            } else {
                texts.add(value.toString());
            }
        }
        into.set(String.join(between, texts));
    }

    /**
     * The options of a command line, as getopt(3) finds them: each letter that was given, and for one that takes a value (a colon behind it in
     * the list of options) the value in the next place.
     */
    private static void getopt(Value line, String options, Value into) {
        if (line.kind() != Value.Kind.TEXT) {
            return;
        }
        into.setList();
        String[] words = line.text().split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (word.equals("--")) {
                return;
            }
            for (int j = 1; word.startsWith("-") && !word.startsWith("--") && j < word.length(); j++) {
                int known = word.charAt(j) == ':' ? -1 : options.indexOf(word.charAt(j));
                if (known < 0) {
                    continue;
                }
                into.add().set(String.valueOf(word.charAt(j)));
                if (known + 1 < options.length() && options.charAt(known + 1) == ':') {
                    String value =
                            j + 1 < word.length() ? word.substring(j + 1) : i + 1 < words.length ? words[++i] : "";
                    into.add().set(value);
                    break;
                }
            }
        }
    }
}
