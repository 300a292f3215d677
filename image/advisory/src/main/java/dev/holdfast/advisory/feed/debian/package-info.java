/** Feeds of Debian: the security tracker's lists and JSON, bulletins, ended support. */
@NullMarked
package dev.holdfast.advisory.feed.debian;

import org.jspecify.annotations.NullMarked;
