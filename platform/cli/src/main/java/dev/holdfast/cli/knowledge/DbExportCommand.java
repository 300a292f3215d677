package dev.holdfast.cli.knowledge;

import dev.holdfast.advisory.Advisories;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.user.AdvisoryFile;
import dev.holdfast.core.Digest;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast db export FILE}. */
final class DbExportCommand implements Command {
    @Override
    public String name() {
        return "db export";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast db export facts.hfdb.zst",
                        "",
                        "Writes the base that scans use as one compressed, verified file, to be carried to a place without network.");
        return spec.addPositional(Options.word(0, "FILE", "The file to write; .hfdb at the end makes it a plain base."))
                .addOption(Options.value("--db", "FILE", "Advisory base to export."))
                .addOption(Options.value("--without", "SOURCES", "Leave out these sources, separated by commas."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        Path output = Path.of(words.<String>matchedPositionalValue(0, ""));
        Set<String> without = Options.parts(Options.text(words, "--without").orElse(""));
        Digest digest = Advisories.export(AdvisoryFile.find(words, console), output, without);
        if (!Options.isSet(words, "--quiet")) {
            console.out().println(SafeText.of(output.toString()) + ": " + digest);
        }
        return ExitCode.PASS;
    }
}
