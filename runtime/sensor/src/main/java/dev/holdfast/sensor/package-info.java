/** What the kernel reports: events, processes and the containers that they belong to. */
@NullMarked
package dev.holdfast.sensor;

import org.jspecify.annotations.NullMarked;
