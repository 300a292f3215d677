/**
 * The program. {@link dev.holdfast.cli.Main} hands the words of the command line to {@link dev.holdfast.cli.Program}, which builds the
 * one command that was named, runs it and turns whatever happens into one line and an exit code. A command only translates: words to a
 * request, a capability's report to output.
 */
@NullMarked
package dev.holdfast.cli;

import org.jspecify.annotations.NullMarked;
