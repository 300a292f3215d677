/** What a policy makes of one connection, and why. */
@NullMarked
package dev.holdfast.reach.judge;

import org.jspecify.annotations.NullMarked;
