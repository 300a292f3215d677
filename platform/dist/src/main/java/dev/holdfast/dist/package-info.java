/**
 * The runnable program folder. {@link dev.holdfast.dist.Assembler} runs at the end of the build: the jars of the class path go in, the folder
 * {@code platform/dist/target/app} comes out, which {@code ./holdfast} starts; {@link dev.holdfast.dist.Training} is what the launcher runs
 * once for each JDK to record the AOT caches.
 */
@NullMarked
package dev.holdfast.dist;

import org.jspecify.annotations.NullMarked;
