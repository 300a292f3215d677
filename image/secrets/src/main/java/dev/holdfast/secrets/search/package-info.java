/**
 * Looks through the bytes of a file once. {@link dev.holdfast.secrets.search.ByteScan} moves a window over them; in each, {@link
 * dev.holdfast.secrets.search.Sweep} goes from one place where something may begin to the next and asks who knows that sort: {@link
 * dev.holdfast.secrets.search.ShapedValues} tell themselves by their form, {@link dev.holdfast.secrets.search.NamedValues} by the name they
 * are given to, {@link dev.holdfast.secrets.search.StructuredValues} by what stands around them. {@link
 * dev.holdfast.secrets.search.WholeFiles} and {@link dev.holdfast.secrets.search.ClassConstants} need the file as a whole. Of what was
 * {@link dev.holdfast.secrets.search.Found} and overlaps, {@link dev.holdfast.secrets.search.Findings} keeps what says more.
 */
@NullMarked
package dev.holdfast.secrets.search;

import org.jspecify.annotations.NullMarked;
