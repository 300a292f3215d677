@NullMarked
package dev.holdfast.sensor.container;

import org.jspecify.annotations.NullMarked;
