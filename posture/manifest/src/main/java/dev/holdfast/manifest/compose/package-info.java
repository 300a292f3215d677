/**
 * Compose files and Swarm stacks as the engine would take them. {@link dev.holdfast.manifest.compose.ComposeReader} takes a file and what
 * lies beside it, follows override files, {@code include}, {@code extends} and {@code .env}, and gives a
 * {@link dev.holdfast.manifest.compose.ComposeProject}: services whose every value knows its file, line and column. A value that depends on
 * a variable nobody sets here says so; a file that could not be followed is {@link dev.holdfast.manifest.compose.Unfollowed}.
 */
@NullMarked
package dev.holdfast.manifest.compose;

import org.jspecify.annotations.NullMarked;
