@NullMarked
package dev.holdfast.check.exception;

import org.jspecify.annotations.NullMarked;
