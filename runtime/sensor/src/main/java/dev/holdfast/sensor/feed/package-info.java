/**
 * Where records come from: {@link dev.holdfast.sensor.feed.TracepointFeed} has our programs in the kernel, {@link
 * dev.holdfast.sensor.feed.NoticeFeed} what the kernel tells without any program of ours. Both give records of one layout.
 */
@NullMarked
package dev.holdfast.sensor.feed;

import org.jspecify.annotations.NullMarked;
