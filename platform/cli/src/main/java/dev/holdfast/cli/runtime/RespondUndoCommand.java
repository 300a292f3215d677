package dev.holdfast.cli.runtime;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.respond.Responder;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast respond undo ENTRY…}. */
final class RespondUndoCommand implements Command {
    @Override
    public String name() {
        return "respond undo";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast respond undo 12            what would be taken back",
                        "         holdfast respond undo 12 --act      it is taken back, and written down",
                        "",
                        "Takes back what entries of the journal did. What another entry asks for too stays, and so does what was so before.");
        spec.addPositional(Options.words("ENTRY", "Numbers of entries, as respond and respond list tell them."))
                .addOption(Options.value("--reason", "TEXT", "Why, for the journal."))
                .addOption(Options.flag("--act", "Do it. Without, it is only said what would be done."))
                .addOption(Responding.journal());
        return spec.addOption(Options.value("--format", "FORMAT", "table (default), json."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        Responder responder = Responding.responder(words);
        Responding.Answers answers = new Responding.Answers(words, console);
        for (String entry : words.matchedPositionalValue(0, List.<String>of())) {
            answers.add("entry " + entry, () -> {
                if (!entry.matches("[1-9][0-9]{0,17}")) {
                    throw Options.usage(entry + " is no entry of a journal; numbers are");
                }
                return List.of(responder.undo(
                        Long.parseLong(entry),
                        Responding.person(console, name()),
                        Options.text(words, "--reason").orElse("")));
            });
        }
        return answers.end();
    }
}
