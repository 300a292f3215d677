@NullMarked
package dev.holdfast.sensor.network;

import org.jspecify.annotations.NullMarked;
