/**
 * What is looked for in images: in their configuration, as registries store it or engines show it, and, where an archive or layout is given, in
 * the files of all layers, deleted ones included. Start with {@link dev.holdfast.check.image.ImageInspection} for the one and
 * {@link dev.holdfast.check.image.ImageArchive} for the other.
 */
@NullMarked
package dev.holdfast.check.image;

import org.jspecify.annotations.NullMarked;
