/**
 * What to do about a report. {@link dev.holdfast.scan.fix.FixPlanner} makes of its findings the smallest set of
 * {@link dev.holdfast.scan.fix.Step}s that removes what can be removed, each with the {@link dev.holdfast.scan.fix.Commands} that take it, and
 * says what stays and why; {@link dev.holdfast.scan.fix.DeclarationPatch} writes the steps for libraries into the files that declare them.
 */
@NullMarked
package dev.holdfast.scan.fix;

import org.jspecify.annotations.NullMarked;
