/**
 * What is done to a control group, each with what tells whether it holds and with what takes it back. A deed takes the group's folder as one that
 * is held open, so that it reaches that group or none, and looks afterwards whether the kernel did it.
 */
@NullMarked
package dev.holdfast.respond.deed;

import org.jspecify.annotations.NullMarked;
