/** Where events come from: one after the other, each valid until the next is asked for. */
@NullMarked
package dev.holdfast.watch.source;

import org.jspecify.annotations.NullMarked;
