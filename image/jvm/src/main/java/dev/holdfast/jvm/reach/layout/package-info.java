/**
 * Where an application's classes lie. {@link dev.holdfast.jvm.reach.layout.Applications} makes of command lines the {@link
 * dev.holdfast.jvm.reach.layout.Application}s that are started: as the launcher does ({@link dev.holdfast.jvm.reach.layout.Launch}), or as the
 * loader does that was packed with it ({@link dev.holdfast.jvm.reach.layout.Packaging}). A class path is a list of {@link
 * dev.holdfast.jvm.reach.layout.Element}s.
 */
@NullMarked
package dev.holdfast.jvm.reach.layout;

import org.jspecify.annotations.NullMarked;
