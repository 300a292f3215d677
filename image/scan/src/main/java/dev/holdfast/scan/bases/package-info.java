/**
 * Whose layer is it? {@link dev.holdfast.scan.bases.BaseIndex} remembers the layers of the images that a user's own images are built on, and
 * finds the one that an image begins with, by content and never by name.
 */
@NullMarked
package dev.holdfast.scan.bases;

import org.jspecify.annotations.NullMarked;
