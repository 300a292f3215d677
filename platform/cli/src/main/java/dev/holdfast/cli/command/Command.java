package dev.holdfast.cli.command;

import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command of the program. */
public interface Command {
    /** The word that names it. */
    String name();

    /** Its options and arguments, declared without annotations so that nothing is looked up at start. */
    CommandSpec spec();

    /** Runs it. */
    ExitCode run(ParseResult words, Console console) throws InputException, IOException;
}
