package dev.holdfast.rules.match;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import dev.holdfast.rules.syntax.Condition;

/** An event of the kernel of which one field is known: conditions about this field are asked with it, so that what is known says what they say. */
record OneField(Value value) implements Event {
    private static final EventType OPENED = EventType.of("open").orElseThrow();

    /** Whether a condition about this field alone holds when it has a value. */
    static boolean holds(Condition condition, FieldCatalogue catalogue, Value value) throws CompileException {
        Slots slots = new Slots();
        Predicate predicate = new ConditionCompiler(new OperandCompiler(catalogue, SYSCALL, slots)).compile(condition);
        Extraction fields = new Extraction(slots);
        fields.begin(new OneField(value));
        return predicate.holds(fields);
    }

    @Override
    public String source() {
        return SYSCALL;
    }

    @Override
    public EventType type() {
        return OPENED;
    }

    @Override
    public long time() {
        return 0;
    }

    @Override
    public long number() {
        return value.number(); // evt.num is no field of the event, but stands in its head
    }

    @Override
    public void read(FieldUse use, Value into) {
        into.set(value);
    }
}
