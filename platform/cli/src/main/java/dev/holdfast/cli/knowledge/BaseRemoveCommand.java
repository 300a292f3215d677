package dev.holdfast.cli.knowledge;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.user.UserBases;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.scan.bases.BaseIndex;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast base remove NAME}. */
final class BaseRemoveCommand implements Command {
    @Override
    public String name() {
        return "base remove";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description("Example: holdfast base remove golden-java", "", "Forgets a base image.");
        return spec.addPositional(Options.word(0, "NAME", "As base list calls it."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String name = words.matchedPositionalValue(0, "");
        BaseIndex index = UserBases.read(console);
        if (index.all().stream().noneMatch(base -> base.name().equals(name))) {
            throw new InputException(
                    InputException.Code.NOT_FOUND, "no base is called " + name + "; holdfast base list names them");
        }
        UserBases.write(index.without(name), console);
        return ExitCode.PASS;
    }
}
