/**
 * JSON in and out. {@link dev.holdfast.core.json.Json} reads hostile documents within limits, either whole or one member at a time;
 * {@link dev.holdfast.core.json.JsonWriter} writes our own documents with stable key order. No reflection, no binding.
 */
@NullMarked
package dev.holdfast.core.json;

import org.jspecify.annotations.NullMarked;
