@NullMarked
package dev.holdfast.sensor.process;

import org.jspecify.annotations.NullMarked;
