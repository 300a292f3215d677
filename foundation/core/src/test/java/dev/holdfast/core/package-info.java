@NullMarked
package dev.holdfast.core;

import org.jspecify.annotations.NullMarked;
