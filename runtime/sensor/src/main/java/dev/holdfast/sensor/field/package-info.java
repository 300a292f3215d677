/**
 * The fields that rules ask for, read from an event of the sensor: {@link dev.holdfast.sensor.field.SensorEvent} is the event as rules see it,
 * {@link dev.holdfast.sensor.field.FieldReaders} finds the reader of a field; one class for each family of fields.
 */
@NullMarked
package dev.holdfast.sensor.field;

import org.jspecify.annotations.NullMarked;
