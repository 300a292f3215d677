package dev.holdfast.sensor;

import dev.holdfast.sensor.field.SensorEvent;

/** Takes the events of a sensor, on the thread that reads them. */
@FunctionalInterface
public interface EventSink {
    /** An event; the object holds until this returns. */
    void take(SensorEvent event);
}
