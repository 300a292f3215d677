/**
 * The processes of this machine as the sensor knows them: {@link dev.holdfast.sensor.process.ProcessTable} keeps them, each a {@link
 * dev.holdfast.sensor.process.KernelProcess} that runs a {@link dev.holdfast.sensor.process.Program}; {@link
 * dev.holdfast.sensor.process.ProcFiles} reads those that were there before us.
 */
@NullMarked
package dev.holdfast.sensor.process;

import org.jspecify.annotations.NullMarked;
