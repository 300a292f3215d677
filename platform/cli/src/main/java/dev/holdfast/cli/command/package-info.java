/**
 * What a {@link dev.holdfast.cli.command.Command} is, and what it works with: the {@link dev.holdfast.cli.command.Options} that it declares
 * and reads, the {@link dev.holdfast.cli.command.Console} that it stands at, and the {@link dev.holdfast.cli.command.Output} for its result.
 */
@NullMarked
package dev.holdfast.cli.command;

import org.jspecify.annotations.NullMarked;
