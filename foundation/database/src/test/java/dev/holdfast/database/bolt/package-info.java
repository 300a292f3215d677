/** Reading databases that are written on purpose. */
@NullMarked
package dev.holdfast.database.bolt;

import org.jspecify.annotations.NullMarked;
