/**
 * Whether the application of an image can reach a library. {@link dev.holdfast.jvm.reach.Pathfinder} is where to start: from the image's
 * configuration it tells how Java is started, from that the class path and where execution begins, and from there it follows the code of the
 * class files, method by method. What is found is <em>reached</em>, with the shortest chain that leads there. What is not is <em>not
 * reached</em> only when nothing that is reached could lead further than can be seen: loading a class whose name is computed,
 * deserialisation, scripts, native code, classes that are missing; else it is <em>unknown</em>, with the place that makes it so.
 */
@NullMarked
package dev.holdfast.jvm.reach;

import org.jspecify.annotations.NullMarked;
