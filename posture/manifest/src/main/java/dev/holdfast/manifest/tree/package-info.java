/**
 * YAML and JSON as trees whose every node knows where it stands. {@link dev.holdfast.manifest.tree.YamlReader} reads a file into
 * {@link dev.holdfast.manifest.tree.Document}s; what cannot be read is a document too, with its place and reason, and costs no other document
 * its answer.
 */
@NullMarked
package dev.holdfast.manifest.tree;

import org.jspecify.annotations.NullMarked;
