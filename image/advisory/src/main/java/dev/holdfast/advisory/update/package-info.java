/**
 * Keeps the publishers' feeds up to date. {@link dev.holdfast.advisory.update.FeedLocations} says where they are,
 * {@link dev.holdfast.advisory.update.FeedStore} keeps each in the user's cache with what its server said of it,
 * {@link dev.holdfast.advisory.update.Download} brings the newest whole, and {@link dev.holdfast.advisory.update.Updating} does this for
 * all, compiles, verifies and swaps.
 */
@NullMarked
package dev.holdfast.advisory.update;

import org.jspecify.annotations.NullMarked;
