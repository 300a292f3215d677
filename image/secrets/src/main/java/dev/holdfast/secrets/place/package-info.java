/**
 * What the place of a file says before it is read: {@link dev.holdfast.secrets.place.Sort} by its name, {@link
 * dev.holdfast.secrets.place.Origin} by its folders, {@link dev.holdfast.secrets.place.Trusted} whether it is there to hold credentials.
 */
@NullMarked
package dev.holdfast.secrets.place;

import org.jspecify.annotations.NullMarked;
