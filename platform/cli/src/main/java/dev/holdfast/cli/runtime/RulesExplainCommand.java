package dev.holdfast.cli.runtime;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Version;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.report.rules.JsonRules;
import dev.holdfast.report.rules.TerminalRules;
import dev.holdfast.rules.Explainer;
import dev.holdfast.rules.Explanation;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.RuleSet;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.given.GivenEvents;
import dev.holdfast.rules.text.Nearest;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast rules explain EVENT RULE --rules FILE}. */
final class RulesExplainCommand implements Command {
    @Override
    public String name() {
        return "rules explain";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast rules explain event.yaml \"Read sensitive file untrusted\" --rules falco_rules.yaml",
                        "",
                        "Says why a rule holds for an event, or which of its checks fail, with the values that the event has.",
                        "An EVENT is a file in YAML or JSON: type: openat, fields: {fd.name: /etc/shadow, proc.name: cat}.");
        return spec.addPositional(Options.word(0, "EVENT", "The event; - reads standard input."))
                .addPositional(Options.word(1, "RULE", "The name of the rule."))
                .addOption(Options.values("--rules", "FILE", "Rule files; may be repeated."))
                .addOption(Options.value("--format", "FORMAT", "text (default), json."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "text", "json");
        String name = words.matchedPositionalValue(1, "");
        RuleSet rules = GivenRules.right(Options.texts(words, "--rules"), console);
        Rule rule = rules.rule(name)
                .orElseThrow(() -> Options.usage("no rule is named \"" + SafeText.of(name)
                        + "\"; holdfast rules list shows the names"
                        + Nearest.hint(
                                SafeText.of(name),
                                rules.rules().stream()
                                        .map(one -> SafeText.of(one.name()))
                                        .toList())));
        Event event =
                new GivenEvents(Limits.DEFAULT).event(GivenRules.file(words.matchedPositionalValue(0, ""), console));
        Explanation explanation = new Explainer(rules.catalogue()).explain(rule, event);
        Output.of(words, console)
                .jsonOrText(
                        format,
                        out -> JsonRules.explanation(explanation, Version.TEXT, out),
                        () -> TerminalRules.explanation(explanation, Options.ink(words, console)));
        return ExitCode.PASS;
    }
}
