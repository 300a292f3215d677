/**
 * Rules on real containers: {@link dev.holdfast.it.runtime.Engine} starts them, {@link dev.holdfast.it.runtime.LiveWatch} hears the kernel and
 * asks the rules, {@link dev.holdfast.it.runtime.Triggers} says what must meet which rule. Needs root, Docker and the image debian-web.
 */
@NullMarked
package dev.holdfast.it.runtime;

import org.jspecify.annotations.NullMarked;
