/**
 * Importers, one class a feed format. Each says which files it recognises by looking at name and first bytes, and turns them into
 * {@link dev.holdfast.advisory.fact facts}. Formats are specified in the importers' Javadoc.
 */
@NullMarked
package dev.holdfast.advisory.feed;

import org.jspecify.annotations.NullMarked;
