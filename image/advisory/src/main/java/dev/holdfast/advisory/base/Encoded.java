package dev.holdfast.advisory.base;

import dev.holdfast.advisory.base.Layout.Part;

/**
 * A section ready to be written.
 *
 * @param count how many elements it has
 */
record Encoded(Part part, int count, byte[] bytes) {}
