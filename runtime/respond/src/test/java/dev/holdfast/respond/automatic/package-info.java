@NullMarked
package dev.holdfast.respond.automatic;

import org.jspecify.annotations.NullMarked;
