/** Sets of ports and of addresses, which policies are about. */
@NullMarked
package dev.holdfast.reach.space;

import org.jspecify.annotations.NullMarked;
