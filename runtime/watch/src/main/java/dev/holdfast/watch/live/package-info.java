/** This machine's kernel as a source of events: {@link dev.holdfast.watch.live.KernelSource} asks the sensor for what the rules look at. */
@NullMarked
package dev.holdfast.watch.live;

import org.jspecify.annotations.NullMarked;
