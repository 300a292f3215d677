/**
 * Secrets in a target: {@link dev.holdfast.scan.secret.SecretSearch} watches every file of every layer while it is read, and looks at
 * environment, history and labels. What it noticed of a layer are {@link dev.holdfast.scan.secret.LayerNotes}, which can be remembered.
 */
@NullMarked
package dev.holdfast.scan.secret;

import org.jspecify.annotations.NullMarked;
