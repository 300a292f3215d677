/** How Holdfast speaks to servers: how long it waits ({@link dev.holdfast.core.net.Patience}), through which proxy, and when it gives up. */
@NullMarked
package dev.holdfast.core.net;

import org.jspecify.annotations.NullMarked;
