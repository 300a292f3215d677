@NullMarked
package dev.holdfast.check.pss;

import org.jspecify.annotations.NullMarked;
