@NullMarked
package dev.holdfast.sensor.field;

import org.jspecify.annotations.NullMarked;
