@NullMarked
package dev.holdfast.version;

import org.jspecify.annotations.NullMarked;
