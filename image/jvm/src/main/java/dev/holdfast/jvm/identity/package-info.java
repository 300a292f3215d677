/**
 * Which libraries a set of classes is. {@link dev.holdfast.jvm.identity.LibraryIdentifier} is the facade: it takes the classes of an archive,
 * passes over those whose names the base does not know ({@code NameFilter}), takes the print of each of the others ({@code ClassPrinter}),
 * looks it up ({@code PrintIndex}), and explains all of them by as few libraries as possible ({@code Explanation}). Result: a
 * {@link dev.holdfast.jvm.identity.FoundLibrary} for each, with its possible versions and what speaks for them.
 * {@link dev.holdfast.jvm.identity.PrintIndexWriter} compiles the base.
 */
@NullMarked
package dev.holdfast.jvm.identity;

import org.jspecify.annotations.NullMarked;
