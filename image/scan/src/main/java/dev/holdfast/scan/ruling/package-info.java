/**
 * Which findings do not count, and who says so: {@link dev.holdfast.scan.ruling.Rulings} asks the VEX documents that a user handed over
 * ({@link dev.holdfast.scan.ruling.SuppliedVex}) and people's rules ({@link dev.holdfast.scan.ruling.IgnoreRules}) about each finding. A
 * {@link dev.holdfast.scan.ruling.Ruling} names the decision, a {@link dev.holdfast.scan.ruling.Notice} what is wrong with it.
 */
@NullMarked
package dev.holdfast.scan.ruling;

import org.jspecify.annotations.NullMarked;
