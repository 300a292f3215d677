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

/** {@code holdfast version compare ECOSYSTEM A B}. */
final class VersionCompareCommand implements Command {
    @Override
    public String name() {
        return "version compare";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast version compare deb 1.0~rc1 1.0",
                        "",
                        "Prints <, = or >: how the first version stands to the second in the ecosystem's own order.",
                        "With - in place of A B it reads lines A<TAB>B and prints one sign a line, ? for a version that is not allowed.");
        return spec.addPositional(
                        Options.word(0, "ECOSYSTEM", "deb, apk, rpm, maven, npm, pypi, gem, nuget, golang, …"))
                .addPositional(Options.word(1, "A", "A version, or - to read pairs from standard input."))
                .addPositional(Options.optionalWord(2, "B", "A version."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        Scheme scheme = VersionLines.scheme(words);
        return VersionLines.answer(words, console, (a, b) -> sign(scheme, a, b));
    }

    private static String sign(Scheme scheme, String first, String second) throws InputException {
        return switch (Versions.compare(scheme, first, second)) {
            case Versions.Comparison.Ordered ordered -> ordered.symbol();
            case Versions.Comparison.NotAllowed wrong ->
                throw new InputException(InputException.Code.MALFORMED, wrong.reason());
        };
    }
}
