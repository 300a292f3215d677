package dev.holdfast.cli.version;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.version.Scheme;
import dev.holdfast.version.Versions;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast version in ECOSYSTEM RANGE VERSION}. */
final class VersionInCommand implements Command {
    @Override
    public String name() {
        return "version in";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast version in maven '[2.0,2.15.0)' 2.14.1",
                        "",
                        "Prints yes or no: whether the version lies in the range, written as the ecosystem writes ranges;",
                        "elsewhere comparisons with , for and, || for or. With - in place of RANGE VERSION it reads lines RANGE<TAB>VERSION.");
        return spec.addPositional(
                        Options.word(0, "ECOSYSTEM", "npm, maven, pypi, gem, composer, cargo, nuget, deb, rpm, …"))
                .addPositional(Options.word(1, "RANGE", "A range, or - to read pairs from standard input."))
                .addPositional(Options.optionalWord(2, "VERSION", "A version."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        Scheme scheme = VersionLines.scheme(words);
        return VersionLines.answer(
                words, console, (range, version) -> Versions.contains(scheme, range, version) ? "yes" : "no");
    }
}
