package dev.holdfast.cli;

import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.report.JsonRules;
import dev.holdfast.report.TerminalRules;
import dev.holdfast.rules.Explainer;
import dev.holdfast.rules.Explanation;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.RuleSet;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.given.GivenEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
                .orElseThrow(() -> Options.usage(
                        "no rule is named \"" + SafeText.of(name) + "\"; holdfast rules list shows the names"));
        Event event =
                new GivenEvents(Limits.DEFAULT).event(GivenRules.file(words.matchedPositionalValue(0, ""), console));
        Explanation explanation = new Explainer(rules.catalogue()).explain(rule, event);
        Output.write(words, console, out -> {
            if (format.equals("json")) {
                JsonRules.explanation(explanation, Version.TEXT, out);
            } else {
                String text = TerminalRules.explanation(explanation, Options.ink(words, console));
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        });
        return ExitCode.PASS;
    }
}
