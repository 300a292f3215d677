@NullMarked
package dev.holdfast.respond.deed;

import org.jspecify.annotations.NullMarked;
