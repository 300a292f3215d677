/**
 * What a name or a value means to people: {@link dev.holdfast.secrets.sense.NameSense} what a name promises, {@link
 * dev.holdfast.secrets.sense.ValueSense} whether a value without form would keep others out, {@link
 * dev.holdfast.secrets.sense.Innocence} what only looks like one, {@link dev.holdfast.secrets.sense.Samples} what vendors publish. They are
 * functions of text alone.
 */
@NullMarked
package dev.holdfast.secrets.sense;

import org.jspecify.annotations.NullMarked;
