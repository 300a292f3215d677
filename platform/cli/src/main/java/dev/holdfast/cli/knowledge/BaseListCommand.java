package dev.holdfast.cli.knowledge;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.user.UserBases;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.SafeText;
import dev.holdfast.scan.bases.BaseImage;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast base list}. */
final class BaseListCommand implements Command {
    @Override
    public String name() {
        return "base list";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description("Example: holdfast base list", "", "Lists the base images that are known.");
        return spec;
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        StringBuilder text = new StringBuilder();
        for (BaseImage base : UserBases.read(console).all()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-40s %3d layers  %s%n",
                    SafeText.of(base.name()),
                    base.layers().size(),
                    base.layers().getLast().brief()));
        }
        Output.of(words, console).text(text.toString());
        return ExitCode.PASS;
    }
}
