package dev.holdfast.cli.knowledge;

import dev.holdfast.advisory.Advisories;
import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Version;
import dev.holdfast.cli.user.AdvisoryFile;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.report.scan.BaseDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast db info}. */
final class DbInfoCommand implements Command {
    @Override
    public String name() {
        return "db info";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast db info --verify",
                        "",
                        "Tells what the answers are based on: each source with its date, age, licence and size.");
        return spec.addOption(Options.value("--format", "FORMAT", "table (default), json."))
                .addOption(Options.value("--db", "FILE", "Advisory base to describe."))
                .addOption(Options.flag("--verify", "Check every byte of it against its digest."))
                .addOption(Options.value("--as-of", "DATE", "Day from which ages count; default today."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "table", "json");
        LocalDate asOf = Options.asOf(words, console);
        Path file = AdvisoryFile.find(words, console);
        if (Options.isSet(words, "--verify")) {
            Advisories.verify(file);
        }
        try (AdvisoryBase base = Advisories.open(file)) {
            BaseDescription description =
                    new BaseDescription(file.toString(), Files.size(file), base.digest(), base.sources(), asOf);
            Output.of(words, console)
                    .jsonOrText(format, out -> description.json(Version.TEXT, out), description::table);
        }
        return ExitCode.PASS;
    }
}
