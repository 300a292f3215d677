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

        /**
         * From other slots.
         *
         * @param selector what stands in brackets; empty when nothing does
         */
        record Derived(Transformer transformer, List<Argument> arguments, String selector) implements Definition {}
    }

    /** What a transformer is given. */
    sealed interface Argument {
        /** The value of a slot. */
        record OfSlot(int slot) implements Argument {}

        /** A text. */
        record Text(String text) implements Argument {}

        /** A list of values. */
        record Several(List<Argument> elements) implements Argument {}
    }

    private final Map<Definition, Integer> numbers = new HashMap<>();
    private final List<Definition> definitions = new ArrayList<>();

    int of(FieldUse use) {
        return number(new Definition.Read(use));
    }

    int of(Transformer transformer, List<Argument> arguments, String selector) {
        return number(new Definition.Derived(transformer, List.copyOf(arguments), selector));
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
