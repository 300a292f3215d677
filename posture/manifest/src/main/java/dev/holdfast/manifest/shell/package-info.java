/**
 * What a shell would run, without running it. {@link dev.holdfast.manifest.shell.ShellReader} takes the text of a POSIX shell or of bash and
 * names each command with its words, what joins it to the one before, and where it stands. Nothing is expanded: a word that a shell would
 * expand says so.
 */
@NullMarked
package dev.holdfast.manifest.shell;

import org.jspecify.annotations.NullMarked;
