package dev.holdfast.cli;

import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.report.JsonRules;
import dev.holdfast.report.TerminalRules;
import dev.holdfast.rules.LoadedRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
                        "FILE:LINE:COLUMN: error|warning CODE: message. Files are loaded in their order, as one set.",
                        "Exit code 3 when a file is wrong; warnings do not count.");
        return spec.addPositional(Options.words(
                        "FILE",
                        "Rule files; - reads standard input; without any, the rules that the program brings along."))
                .addOption(Options.value("--format", "FORMAT", "text (default), json."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "text", "json");
        LoadedRules loaded = GivenRules.load(words.matchedPositionalValue(0, List.<String>of()), console);
        Output.write(words, console, out -> {
            if (format.equals("json")) {
                JsonRules.check(loaded, Version.TEXT, out);
            } else {
                out.write(TerminalRules.check(loaded).getBytes(StandardCharsets.UTF_8));
            }
        });
        return loaded.isWrong() ? ExitCode.INPUT : ExitCode.PASS;
    }
}
