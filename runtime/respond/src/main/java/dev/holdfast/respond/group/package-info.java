/**
 * Whom it concerns: the control group that holds all of a container ({@code Target}), found by a name ({@code TargetFinder}) or by an alert
 * ({@code AlertLines}); who is in it ({@code Members}); and whether it may be touched ({@code NeverTouched}).
 */
@NullMarked
package dev.holdfast.respond.group;

import org.jspecify.annotations.NullMarked;
