@NullMarked
package dev.holdfast.check.host;

import org.jspecify.annotations.NullMarked;
