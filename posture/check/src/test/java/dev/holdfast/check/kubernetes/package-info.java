@NullMarked
package dev.holdfast.check.kubernetes;

import org.jspecify.annotations.NullMarked;
