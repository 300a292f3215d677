package dev.holdfast.cli.knowledge;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.user.UserMemory;
import dev.holdfast.core.ByteSize;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.memory.Usage;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast cache info}. */
final class CacheInfoCommand implements Command {
    @Override
    public String name() {
        return "cache info";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast cache info",
                        "",
                        "Tells what is remembered, where it lies and what it may take.");
        return spec;
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        Usage facts = UserMemory.whole(console).usage();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "facts",
                facts.size(),
                UserMemory.mostFacts(console),
                UserMemory.folder(console).toString());
        facts.byShelf()
                .forEach((shelf, size) -> text.append(String.format(Locale.ROOT, "  %-10s %8s%n", shelf.word(), size)));
        if (facts.others().bytes() > 0) {
            text.append(String.format(
                    Locale.ROOT, "  %-10s %8s   of other versions of the program%n", "others", facts.others()));
        }
        line(
                text,
                "blobs",
                UserMemory.blobs(console).size(),
                UserMemory.mostBlobs(console),
                UserMemory.blobFolder(console).toString());
        Output.of(words, console).text(text.toString());
        return ExitCode.PASS;
    }

    private static void line(StringBuilder text, String what, ByteSize size, ByteSize most, String where) {
        text.append(String.format(Locale.ROOT, "%-12s %8s of %s at most, in %s%n", what, size, most, where));
    }
}
