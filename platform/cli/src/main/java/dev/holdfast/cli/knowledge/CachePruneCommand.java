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

/** {@code holdfast cache prune}: by itself this is done whenever something was added. */
final class CachePruneCommand implements Command {
    @Override
    public String name() {
        return "cache prune";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: HOLDFAST_CACHE_SIZE=500000000 holdfast cache prune",
                        "",
                        "Removes what was used longest ago until the rest is within HOLDFAST_CACHE_SIZE bytes.");
        return spec;
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        ByteSize facts = UserMemory.whole(console).prune(UserMemory.mostFacts(console));
        ByteSize blobs = UserMemory.blobs(console).prune(UserMemory.mostBlobs(console));
        String text = "removed " + facts + " of facts and " + blobs + " of blobs\n";
        Output.of(words, console).text(text);
        return ExitCode.PASS;
    }
}
