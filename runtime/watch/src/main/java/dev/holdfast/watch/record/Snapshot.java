package dev.holdfast.watch.record;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.Field;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.sensor.field.SensorEvent;
import dev.holdfast.watch.scap.ParameterNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which uses of fields together tell everything about an event. */
final class Snapshot {
    private static final List<FieldUse> OF_AUDIT =
            List.of(FieldUse.of(FieldCatalogue.standard().field("jevt.obj").orElseThrow()));

    private static final List<FieldUse> OF_SYSCALL = plainUses();
    private static final Map<EventType, List<FieldUse>> BY_TYPE = new ConcurrentHashMap<>();

    private Snapshot() {}

    static List<FieldUse> of(Event event) {
        return event.source().equals(Event.SYSCALL)
                ? BY_TYPE.computeIfAbsent(event.type(), Snapshot::usesOf)
                : OF_AUDIT;
    }

    /** Every field of the kernel's events that needs no argument; the engine itself knows those of an event's head. */
    private static List<FieldUse> plainUses() {
        List<FieldUse> uses = new ArrayList<>();
        for (Field field : FieldCatalogue.standard().all()) {
            boolean isOfKernel =
                    FieldCatalogue.standard().field(Event.SYSCALL, field.name()).isPresent();
            if (isOfKernel && !field.isCommon() && !field.argument().isRequired()) {
                uses.add(FieldUse.of(field));
            }
        }
        return List.copyOf(uses);
    }

    /** With the parameters that events of this type may have, in captures and here, and both ends of what it moves. */
    private static List<FieldUse> usesOf(EventType type) {
        FieldCatalogue fields = FieldCatalogue.standard();
        List<FieldUse> uses = new ArrayList<>(OF_SYSCALL);
        Set<String> parameters = new LinkedHashSet<>(ParameterNames.of(type.name()));
        parameters.addAll(SensorEvent.arguments(type));
        for (String field : List.of("evt.arg", "evt.rawarg")) {
            for (String parameter : parameters) {
                fields.field(field).ifPresent(known -> uses.add(FieldUse.of(known, parameter)));
            }
        }
        for (String end : List.of("src", "dst")) {
            fields.field("evt.abspath").ifPresent(known -> uses.add(FieldUse.of(known, end)));
        }
        return List.copyOf(uses);
    }
}
