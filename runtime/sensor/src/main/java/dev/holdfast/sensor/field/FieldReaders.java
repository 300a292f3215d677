package dev.holdfast.sensor.field;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.Field;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The readers of all fields, by the field's number. A field that we cannot tell is always absent. */
public final class FieldReaders {
    private static final FieldReader ABSENT = (event, use, into) -> {};
    private static final FieldReader[] BY_NUMBER = byNumber();

    private FieldReaders() {}

    static void read(SensorEvent event, FieldUse use, Value into) {
        BY_NUMBER[use.field().number()].read(event, use, into);
    }

    /** Whether the sensor can ever tell this field. */
    public static boolean canTell(Field field) {
        return field.isCommon() || !BY_NUMBER[field.number()].equals(ABSENT);
    }

    private static FieldReader[] byNumber() {
        Map<String, FieldReader> readers = new HashMap<>();
        EventFields.addTo(readers);
        ProcessFields.addTo(readers);
        DescriptorFields.addTo(readers);
        UserFields.addTo(readers);
        ContainerFields.addTo(readers);
        FieldCatalogue catalogue = FieldCatalogue.standard();
        List<Field> all = catalogue.all();
        FieldReader[] byNumber = new FieldReader[all.size()];
        for (Field field : all) {
            boolean isOurs = catalogue.field(Event.SYSCALL, field.name()).isPresent();
            byNumber[field.number()] = isOurs ? readers.getOrDefault(field.name(), ABSENT) : ABSENT;
        }
        return byNumber;
    }

    /** Writes a text unless it is empty, which means unknown. */
    static void text(Value into, String text) {
        if (!text.isEmpty()) {
            into.set(text);
        }
    }
}
