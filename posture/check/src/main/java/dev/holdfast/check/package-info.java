/**
 * Hardening checks. {@link dev.holdfast.check.Checker} walks a target, has each file recognised, and hands it to the {@link
 * dev.holdfast.check.Inspection} of its kind, which gives {@link dev.holdfast.check.Result}s to {@link dev.holdfast.check.Findings}: fail,
 * pass, not applicable, not assessed with the reason. What cannot be read is a gap. Out comes a {@link dev.holdfast.check.CheckReport} with
 * one verdict. Start with {@code Checker.check}; the rules are in the packages of the kinds.
 */
@NullMarked
package dev.holdfast.check;

import org.jspecify.annotations.NullMarked;
