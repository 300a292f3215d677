/** The launcher and the program folder, driven as a user drives them. */
@NullMarked
package dev.holdfast.dist;

import org.jspecify.annotations.NullMarked;
