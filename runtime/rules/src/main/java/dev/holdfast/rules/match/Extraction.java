package dev.holdfast.rules.match;

import dev.holdfast.rules.event.CommonFields;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.GivenEvent;
import dev.holdfast.rules.event.Value;
import java.util.Arrays;

/** The values of one event, each read when it is asked for first. Owned by one thread; the values are valid until the next event begins. */
public final class Extraction {
    private static final Event NOTHING = new GivenEvent("", EventType.PLUGIN_EVENT, 0, 0);

    private final Slots slots;
    private Value[] values = new Value[0];
    /** For each slot the number of the event it was read for. */
    private long[] readFor = new long[0];

    private Event event = NOTHING;
    private long turn;

    public Extraction(Slots slots) {
        this.slots = slots;
    }

    /** Turns to the next event. */
    public void begin(Event next) {
        event = next;
        turn++;
        if (values.length < slots.count()) {
            grow();
        }
    }

    private void grow() {
        int from = values.length;
        values = Arrays.copyOf(values, slots.count());
        readFor = Arrays.copyOf(readFor, slots.count());
        for (int i = from; i < values.length; i++) {
            values[i] = new Value();
        }
    }

    /** The value of a slot. */
    public Value value(int slot) {
        Value value = values[slot];
        if (readFor[slot] != turn) {
            readFor[slot] = turn;
            value.clear();
            switch (slots.definition(slot)) {
                case Slots.Definition.Read(FieldUse use) -> {
                    if (use.field().isCommon()) {
                        CommonFields.read(event, use, value);
                    } else {
                        event.read(use, value);
                    }
                }
                case Slots.Definition.Derived derived -> Transformation.apply(derived, this, value);
            }
        }
        return value;
    }
}
