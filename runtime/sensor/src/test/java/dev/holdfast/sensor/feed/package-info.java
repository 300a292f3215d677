@NullMarked
package dev.holdfast.sensor.feed;

import org.jspecify.annotations.NullMarked;
