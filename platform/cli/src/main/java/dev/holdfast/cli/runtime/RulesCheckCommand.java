package dev.holdfast.cli.runtime;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Version;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.report.rules.JsonRules;
import dev.holdfast.report.rules.TerminalRules;
import dev.holdfast.rules.LoadedRules;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast rules check FILE…}. */
final class RulesCheckCommand implements Command {
    @Override
    public String name() {
        return "rules check";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast rules check falco_rules.yaml my_rules.yaml",
                        "",
                        "Says what is wrong or doubtful in rule files in Falco's language, a line each:",
                        "FILE:LINE:COLUMN: error|warning CODE: message; on a terminal with what is written there.",
                        "Files are loaded in their order, as one set.",
                        "Exit code 3 when a file is wrong; warnings do not count.");
        return spec.addPositional(Options.optionalWords(
                        "FILE",
                        "Rule files; - reads standard input; without any, the rules that the program brings along."))
                .addOption(Options.value("--format", "FORMAT", "text (default), json."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "text", "json");
        LoadedRules loaded = GivenRules.load(words.matchedPositionalValue(0, List.<String>of()), console);
        boolean isForEyes =
                console.isOutTerminal() && Options.text(words, "--output").isEmpty();
        Output.of(words, console)
                .jsonOrText(
                        format,
                        out -> JsonRules.check(loaded, Version.TEXT, out),
                        () -> isForEyes ? TerminalRules.checkWithExcerpts(loaded) : TerminalRules.check(loaded));
        return loaded.isWrong() ? ExitCode.INPUT : ExitCode.PASS;
    }
}
