/**
 * How Java is started: {@link dev.holdfast.jvm.reach.start.Starts} follows entrypoint and command through shells and scripts ({@link
 * dev.holdfast.jvm.reach.start.Shell}) to the launcher's command lines ({@link dev.holdfast.jvm.reach.start.JavaCommand}).
 */
@NullMarked
package dev.holdfast.jvm.reach.start;

import org.jspecify.annotations.NullMarked;
