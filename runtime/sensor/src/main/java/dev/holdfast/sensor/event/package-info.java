/**
 * What the kernel programs report: {@link dev.holdfast.sensor.event.Kind} numbers the events, {@link
 * dev.holdfast.sensor.event.Calls} says which system calls are wanted and where their arguments lie, {@link
 * dev.holdfast.sensor.event.KernelEvent} reads a record of the ring. The layouts are those of {@code src/main/bpf/events.h}.
 */
@NullMarked
package dev.holdfast.sensor.event;

import org.jspecify.annotations.NullMarked;
