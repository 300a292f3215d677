/**
 * What people write about their containers, as trees with places. {@link dev.holdfast.manifest.Recognizer} tells what a {@link
 * dev.holdfast.manifest.SourceFile} is; one of ours becomes a {@link dev.holdfast.manifest.ManifestFile}, from which each kind's own package
 * reads its typed form.
 */
@NullMarked
package dev.holdfast.manifest;

import org.jspecify.annotations.NullMarked;
