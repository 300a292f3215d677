/**
 * The part of libbpf that the sensor needs, called through the foreign function interface: {@link
 * dev.holdfast.sensor.libbpf.KernelObject} loads and attaches compiled programs, {@link dev.holdfast.sensor.libbpf.KernelMap} reads and
 * writes their maps, {@link dev.holdfast.sensor.libbpf.Ring} reads their events where they lie, as {@link
 * dev.holdfast.sensor.libbpf.Bytes}; {@link dev.holdfast.sensor.libbpf.HeldFolder} and {@link dev.holdfast.sensor.libbpf.HeldProcess} hold
 * what must not be taken for another. Foreign memory does not leave this package.
 */
@NullMarked
package dev.holdfast.sensor.libbpf;

import org.jspecify.annotations.NullMarked;
