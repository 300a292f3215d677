/**
 * Texts as other tools write and take them: changes ({@link dev.holdfast.core.text.UnifiedDiff}), Go's quotes ({@link
 * dev.holdfast.core.text.GoText}), addresses ({@link dev.holdfast.core.text.AddressText}); patterns with stars ({@link dev.holdfast.core.text.Wildcard}), and strangers' regular expressions within
 * bounds ({@link dev.holdfast.core.text.BoundedText}).
 */
@NullMarked
package dev.holdfast.core.text;

import org.jspecify.annotations.NullMarked;
