package dev.holdfast.rules.match;

import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.syntax.Transformer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for all that conditions and outputs read from events, so that each is read once per event, whoever asks. */
public final class Slots {
    /** Where the value of a slot comes from. */
    sealed interface Definition {
        /** From the event. */
        record Read(FieldUse use) implements Definition {}

        /** From other slots; an argument is a slot, or a text when its slot is -1. */
        record Derived(Transformer transformer, List<Argument> arguments) implements Definition {}
    }

    record Argument(int slot, String text) {}

    private final Map<Definition, Integer> numbers = new HashMap<>();
    private final List<Definition> definitions = new ArrayList<>();

    int of(FieldUse use) {
        return number(new Definition.Read(use));
    }

    int of(Transformer transformer, List<Argument> arguments) {
        return number(new Definition.Derived(transformer, List.copyOf(arguments)));
    }

    private int number(Definition definition) {
        Integer known = numbers.get(definition);
        if (known != null) {
            return known;
        }
        definitions.add(definition);
        numbers.put(definition, definitions.size() - 1);
        return definitions.size() - 1;
    }

    Definition definition(int slot) {
        return definitions.get(slot);
    }

    int count() {
        return definitions.size();
    }
}
