/**
 * From where a class is loaded: an application's {@link dev.holdfast.jvm.reach.classpath.ClassPath}, or the {@link
 * dev.holdfast.jvm.reach.classpath.Platform} that comes before it.
 */
@NullMarked
package dev.holdfast.jvm.reach.classpath;

import org.jspecify.annotations.NullMarked;
