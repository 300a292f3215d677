/** Feeds of Alpine and of the distributions with its package format: secdb, Wolfi's advisory files. */
@NullMarked
package dev.holdfast.advisory.feed.alpine;

import org.jspecify.annotations.NullMarked;
