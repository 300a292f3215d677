/** The Common Security Advisory Framework, as Red Hat and SUSE fill it: VEX documents and advisories. */
@NullMarked
package dev.holdfast.advisory.feed.csaf;

import org.jspecify.annotations.NullMarked;
