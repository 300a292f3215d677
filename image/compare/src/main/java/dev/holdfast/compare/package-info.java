/**
 * Our answer beside another tool's, about the same image. {@link dev.holdfast.compare.ReportReader} reads their report, whichever tool wrote
 * it, into claims; {@link dev.holdfast.compare.Comparer} pairs the claims with our findings and gives every disagreement one cause, proven
 * from our facts by a {@link dev.holdfast.scan.Inquiry}. {@link dev.holdfast.compare.OwnReport} lets a report of ours stand in for the
 * image.
 */
@NullMarked
package dev.holdfast.compare;

import org.jspecify.annotations.NullMarked;
