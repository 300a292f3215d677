/**
 * What rules are asked about. An {@link dev.holdfast.rules.event.Event} of some source has a type, a time and fields; the
 * {@link dev.holdfast.rules.event.FieldCatalogue} says which fields there are and of which type, and a field is read into a reusable
 * {@link dev.holdfast.rules.event.Value}. Start at {@code Event}.
 */
@NullMarked
package dev.holdfast.rules.event;

import org.jspecify.annotations.NullMarked;
