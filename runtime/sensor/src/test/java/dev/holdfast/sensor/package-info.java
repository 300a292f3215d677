@NullMarked
package dev.holdfast.sensor;

import org.jspecify.annotations.NullMarked;
