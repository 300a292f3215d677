package dev.holdfast.cli.knowledge;

import dev.holdfast.advisory.Advisories;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.user.AdvisoryFile;
import dev.holdfast.core.Digest;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast db import FILE}. */
final class DbImportCommand implements Command {
    @Override
    public String name() {
        return "db import";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast db import facts.hfdb.zst",
                        "",
                        "Verifies a base that db export wrote elsewhere and makes it the one that scans use. For places without network.");
        return spec.addPositional(Options.word(0, "FILE", "The file that db export wrote."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        Path target = Options.text(words, "--output").map(Path::of).orElseGet(() -> AdvisoryFile.installed(console));
        DbBuildCommand.createFolder(target);
        Digest digest =
                Advisories.importFrom(Path.of(words.<String>matchedPositionalValue(0, "")), target, Limits.DEFAULT);
        if (!Options.isSet(words, "--quiet")) {
            console.out().println(SafeText.of(target.toString()) + ": " + digest);
        }
        return ExitCode.PASS;
    }
}
