package dev.holdfast.cli;

import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.SafeText;
import dev.holdfast.report.JsonRespond;
import dev.holdfast.report.TerminalRespond;
import dev.holdfast.respond.InForce;
import dev.holdfast.respond.Responder;
import dev.holdfast.respond.journal.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        List<InForce> inForce = isJournal ? List.of() : responder.inForce();
        Output.write(words, console, out -> {
            if (format.equals("json") && isJournal) {
                JsonRespond.history(history, Version.TEXT, out);
            } else if (format.equals("json")) {
                JsonRespond.inForce(inForce, history, Version.TEXT, out);
            } else {
                String text = isJournal
                        ? TerminalRespond.history(history, Options.ink(words, console))
                        : TerminalRespond.inForce(inForce, Options.ink(words, console));
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        });
        for (String problem : history.problems()) {
            console.err().println("holdfast: " + SafeText.of(Responding.journal(words) + ": " + problem));
        }
        return history.isSound() ? ExitCode.PASS : ExitCode.COULD_NOT_TELL;
    }
}
