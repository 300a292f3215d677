package dev.holdfast.rules.match;

import dev.holdfast.rules.event.CommonFields;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.GivenEvent;
import dev.holdfast.rules.event.TextPlace;
import dev.holdfast.rules.event.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of one event, each read when it is asked for first. Owned by one thread; the values are valid until the next event begins. */
public final class Extraction {
    private static final Event NOTHING = new GivenEvent("", EventType.PLUGIN_EVENT, 0, 0);

    private final Slots slots;
    private Value[] values = new Value[0];
    /** For each slot the number of the event it was read for. */
    private long[] readFor = new long[0];

    /** What a slot reads from the event itself, or from its head; neither for those that are derived. */
    private @Nullable FieldUse[] uses = new FieldUse[0];

    private CommonFields.@Nullable Reader[] heads = new CommonFields.Reader[0];

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
        uses = Arrays.copyOf(uses, slots.count());
        heads = Arrays.copyOf(heads, slots.count());
        for (int i = from; i < values.length; i++) {
            values[i] = new Value();
            if (slots.definition(i) instanceof Slots.Definition.Read(FieldUse use)) {
                if (use.field().isCommon()) {
                    heads[i] = CommonFields.of(use);
                } else {
                    uses[i] = use;
                }
            }
        }
    }

    /** The value of a slot. */
    public Value value(int slot) {
        Value value = values[slot];
        if (readFor[slot] != turn) {
            readFor[slot] = turn;
            value.clear();
            FieldUse use = uses[slot];
            if (use != null) {
                event.read(use, value);
            } else {
                make(slot, value);
            }
        }
        return value;
    }

    /** Says where the text of a slot lies, if the event has it so. */
    boolean locate(int slot, TextPlace into) {
        FieldUse use = uses[slot];
        return use != null && event.locate(use, into);
    }

    private void make(int slot, Value value) {
        CommonFields.Reader head = heads[slot];
        if (head != null) {
            head.read(event, value);
        } else if (slots.definition(slot) instanceof Slots.Definition.Derived derived) {
            Transformation.apply(derived, this, value);
        }
    }
}
