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
import dev.holdfast.rules.Rule;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast rules list FILE…}. */
final class RulesListCommand implements Command {
    @Override
    public String name() {
        return "rules list";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast rules list falco_rules.yaml",
                        "",
                        "Lists the rules of files in the order in which events are asked: priority, name, tags; in JSON also the types of events.");
        return spec.addPositional(Options.optionalWords(
                        "FILE",
                        "Rule files; - reads standard input; without any, the rules that the program brings along."))
                .addOption(Options.value("--format", "FORMAT", "table (default), json."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "table", "json");
        List<Rule> rules = GivenRules.right(words.matchedPositionalValue(0, List.<String>of()), console)
                .rules();
        Output.of(words, console)
                .jsonOrText(
                        format,
                        out -> JsonRules.list(rules, Version.TEXT, out),
                        () -> TerminalRules.list(rules, Options.ink(words, console)));
        return ExitCode.PASS;
    }
}
