package dev.holdfast.cli.runtime;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Version;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.report.form.Ink;
import dev.holdfast.report.respond.JsonRespond;
import dev.holdfast.report.respond.TerminalRespond;
import dev.holdfast.respond.InForce;
import dev.holdfast.respond.Responder;
import dev.holdfast.respond.journal.History;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast respond list}. */
final class RespondListCommand implements Command {
    @Override
    public String name() {
        return "respond list";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast respond list",
                        "",
                        "Lists what is in force now, as the kernel has it, with the entries of the journal by which it can be undone.",
                        "Ends with 2 when the journal was changed by somebody else.");
        spec.addOption(Options.flag("--journal-entries", "List the journal's entries instead."));
        return spec.addOption(Responding.journal())
                .addOption(Options.value("--format", "FORMAT", "table (default), json."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "table", "json");
        Responder responder = Responding.responder(words);
        boolean isJournal = Options.isSet(words, "--journal-entries");
        History history = responder.history();
        Ink ink = Options.ink(words, console);
        if (isJournal) {
            Output.of(words, console)
                    .jsonOrText(
                            format,
                            out -> JsonRespond.history(history, Version.TEXT, out),
                            () -> TerminalRespond.history(history, ink));
        } else {
            List<InForce> inForce = responder.inForce();
            Output.of(words, console)
                    .jsonOrText(
                            format,
                            out -> JsonRespond.inForce(inForce, history, Version.TEXT, out),
                            () -> TerminalRespond.inForce(inForce, ink));
        }
        for (String problem : history.problems()) {
            console.tell(Responding.journal(words) + ": " + problem);
        }
        return history.isSound() ? ExitCode.PASS : ExitCode.COULD_NOT_TELL;
    }
}
