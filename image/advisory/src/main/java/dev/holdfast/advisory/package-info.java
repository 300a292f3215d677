/**
 * What is known about packages. Feeds in their publishers' own formats go through {@link dev.holdfast.advisory.feed.Feed} importers into
 * plain {@link dev.holdfast.advisory.fact facts}; these are compiled into one immutable, memory-mapped
 * {@link dev.holdfast.advisory.AdvisoryBase}, in which a package of an inventory finds every statement about it by one look-up and a
 * comparison of bytes. {@link dev.holdfast.advisory.Advisories} is the facade: build, open, update, import, export, describe.
 */
@NullMarked
package dev.holdfast.advisory;

import org.jspecify.annotations.NullMarked;
