@NullMarked
package dev.holdfast.sensor.event;

import org.jspecify.annotations.NullMarked;
