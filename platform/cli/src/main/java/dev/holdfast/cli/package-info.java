/**
 * The program. {@link dev.holdfast.cli.Main} hands the words of the command line to {@link dev.holdfast.cli.Program}, which finds the one
 * command that was named, runs it and turns whatever happens into one line and an exit code. A command only translates: words to a request,
 * a capability's report to output.
 *
 * <p>Commands live in rooms that are called as the folders of the sources are: {@code image}, {@code posture}, {@code runtime}; {@code gate}
 * asks the first two at once; {@code server} is the program as a server; {@code knowledge} is what answers are based on; {@code version} and
 * {@code completion} are small. Classes are named by their command ({@code RulesListCommand} is {@code rules list}), and a room of several
 * gives them all in one class ({@code ImageCommands}). Below the rooms lie {@code given}, what is given on the command line alike for several
 * commands; {@code user}, what lies in the user's folders from earlier runs; and {@code command}, what a command is, with the options, the
 * console and the output that all share. No room uses another, except {@code gate}.
 */
@NullMarked
package dev.holdfast.cli;

import org.jspecify.annotations.NullMarked;
