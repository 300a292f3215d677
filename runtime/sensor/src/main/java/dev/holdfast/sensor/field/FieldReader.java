package dev.holdfast.sensor.field;

import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;

/** Writes the value of one field; leaves it absent when the event has none. */
@FunctionalInterface
interface FieldReader {
    void read(SensorEvent event, FieldUse use, Value into);
}
