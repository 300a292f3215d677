package dev.holdfast.cli.runtime;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Version;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.report.rules.JsonRules;
import dev.holdfast.report.rules.TerminalRules;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleSet;
import dev.holdfast.rules.given.GivenEvents;
import dev.holdfast.rules.given.RuleTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast rules test TEST… --rules FILE}. */
final class RulesTestCommand implements Command {
    @Override
    public String name() {
        return "rules test";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast rules test my_tests.yaml --rules my_rules.yaml",
                        "",
                        "Asks rules about the events of tests and compares the alerts with those that are expected.",
                        "A TEST is a file in YAML: - test: NAME, event: {type: …, fields: {…}}, alerts: [RULE]. Exit code 1 when one fails.");
        return spec.addPositional(Options.words("TEST", "Files of tests; - reads standard input."))
                .addOption(Options.values("--rules", "FILE", "Rule files; may be repeated."))
                .addOption(Options.flag("--first", "Tell only the first rule that an event meets."))
                .addOption(Options.value("--format", "FORMAT", "text (default), json."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "text", "json");
        RuleSet rules = GivenRules.right(Options.texts(words, "--rules"), console);
        RuleEngine.Matching matching =
                Options.isSet(words, "--first") ? RuleEngine.Matching.FIRST : RuleEngine.Matching.ALL;
        List<RuleTest.Outcome> outcomes = new ArrayList<>();
        for (String file : words.matchedPositionalValue(0, List.<String>of())) {
            for (RuleTest test : new GivenEvents(Limits.DEFAULT).tests(GivenRules.file(file, console))) {
                outcomes.add(test.run(rules, matching));
            }
        }
        Output.of(words, console)
                .jsonOrText(
                        format,
                        out -> JsonRules.tests(outcomes, Version.TEXT, out),
                        () -> TerminalRules.tests(outcomes, Options.ink(words, console)));
        return outcomes.stream().allMatch(RuleTest.Outcome::isPassed) ? ExitCode.PASS : ExitCode.FAIL;
    }
}
