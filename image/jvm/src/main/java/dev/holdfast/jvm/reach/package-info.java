/**
 * Whether the application of an image can reach a library. {@link dev.holdfast.jvm.reach.Pathfinder} is where to start. The way through the
 * rooms:
 *
 * <ol>
 *   <li>{@link dev.holdfast.jvm.reach.image}: the files of the image and what its configuration says;
 *   <li>{@link dev.holdfast.jvm.reach.start} tells from it with which command lines Java is started;
 *   <li>{@link dev.holdfast.jvm.reach.layout} tells from those the applications: their class paths and where execution begins;
 *   <li>{@link dev.holdfast.jvm.reach.trace} follows their code method by method, over the {@link dev.holdfast.jvm.reach.classpath} and the
 *       class files that {@link dev.holdfast.jvm.reach.code} reads, and leaves a {@link dev.holdfast.jvm.reach.trace.Trail}.
 * </ol>
 *
 * <p>Out comes a {@link dev.holdfast.jvm.reach.ReachReport}. What is found is <em>reached</em>, with the shortest chain that leads there.
 * What is not is <em>not reached</em> only when nothing that is reached could lead further than can be seen: loading a class whose name is
 * computed, deserialisation, scripts, native code, classes that are missing; else it is <em>unknown</em>, with the place that makes it so.
 */
@NullMarked
package dev.holdfast.jvm.reach;

import org.jspecify.annotations.NullMarked;
