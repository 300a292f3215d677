package dev.holdfast.cli;

import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.report.JsonRules;
import dev.holdfast.report.TerminalRules;
import dev.holdfast.rules.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        return spec.addPositional(Options.words(
                        "FILE",
                        "Rule files; - reads standard input; without any, the rules that the program brings along."))
                .addOption(Options.value("--format", "FORMAT", "table (default), json."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "table", "json");
        List<Rule> rules = GivenRules.right(words.matchedPositionalValue(0, List.<String>of()), console)
                .rules();
        Output.write(words, console, out -> {
            if (format.equals("json")) {
                JsonRules.list(rules, Version.TEXT, out);
            } else {
                String text = TerminalRules.list(rules, Options.ink(words, console));
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        });
        return ExitCode.PASS;
    }
}
