/** Feeds of Ubuntu: the CVE tracker's files, OSV records and VEX documents. */
@NullMarked
package dev.holdfast.advisory.feed.ubuntu;

import org.jspecify.annotations.NullMarked;
