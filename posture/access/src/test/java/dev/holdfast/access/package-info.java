@NullMarked
package dev.holdfast.access;

import org.jspecify.annotations.NullMarked;
