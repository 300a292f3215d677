/**
 * What the kernel reports: events, processes and the containers that they belong to.
 *
 * <p>{@link dev.holdfast.sensor.Sensor} loads our programs into the kernel ({@code libbpf}), reads their events ({@code event}), keeps track of
 * processes ({@code process}) and containers ({@code container}) and hands over {@link dev.holdfast.sensor.field.SensorEvent}s, which rules
 * can ask for their fields ({@code field}). {@link dev.holdfast.sensor.Probe} tells what this machine allows. Start with {@code Sensor}.
 */
@NullMarked
package dev.holdfast.sensor;

import org.jspecify.annotations.NullMarked;
