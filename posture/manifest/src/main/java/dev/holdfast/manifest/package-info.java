/** What teams write to build and run containers, as trees whose every node knows its line and column. In: the bytes of a file. Out: documents
 * ({@link dev.holdfast.manifest.tree}) and what could not be read. Nothing is judged here. */
@NullMarked
package dev.holdfast.manifest;

import org.jspecify.annotations.NullMarked;
