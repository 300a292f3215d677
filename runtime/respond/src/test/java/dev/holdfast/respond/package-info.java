@NullMarked
package dev.holdfast.respond;

import org.jspecify.annotations.NullMarked;
