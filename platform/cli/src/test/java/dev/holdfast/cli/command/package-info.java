/** What all commands work with. */
@NullMarked
package dev.holdfast.cli.command;

import org.jspecify.annotations.NullMarked;
