@NullMarked
package dev.holdfast.watch.live;

import org.jspecify.annotations.NullMarked;
