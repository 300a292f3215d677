package dev.holdfast.cli.knowledge;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.user.UserMemory;
import dev.holdfast.core.ByteSize;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast cache clear}. */
final class CacheClearCommand implements Command {
    @Override
    public String name() {
        return "cache clear";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast cache clear",
                        "",
                        "Forgets everything: facts of images and layers, and blobs that came from registries.");
        return spec;
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        ByteSize facts = UserMemory.whole(console).clear();
        ByteSize blobs = UserMemory.blobs(console).prune(new ByteSize(0));
        String text = "removed " + facts + " of facts and " + blobs + " of blobs\n";
        Output.of(words, console).text(text);
        return ExitCode.PASS;
    }
}
