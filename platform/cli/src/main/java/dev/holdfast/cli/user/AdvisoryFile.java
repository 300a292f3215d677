package dev.holdfast.cli.user;

import dev.holdfast.advisory.Advisories;
import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Which advisory base a run uses: the one that {@code --db} or {@code HOLDFAST_DB} names, else the one that {@code db update} or
 * {@code db import} put into the user's data folder, else the snapshot that comes with the program.
 */
public final class AdvisoryFile {
    private AdvisoryFile() {}

    public static void addOption(CommandSpec spec) {
        spec.addOption(Options.value("--db", "FILE", "Advisory base to use."));
    }

    public static AdvisoryBase open(ParseResult words, Console console) throws InputException, IOException {
        return Advisories.open(find(words, console));
    }

    public static Path find(ParseResult words, Console console) throws InputException {
        Optional<String> named = Options.text(words, "--db")
                .or(() ->
                        Optional.of(console.environment().apply("HOLDFAST_DB")).filter(name -> !name.isEmpty()));
        if (named.isPresent()) {
            return Path.of(named.get());
        }
        for (Path candidate : candidates(console)) {
            if (Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        throw new InputException(
                InputException.Code.NOT_FOUND,
                "no advisory base: the program's own is missing; holdfast db build FOLDER or --db FILE gives one");
    }

    private static List<Path> candidates(Console console) {
        List<Path> candidates = new ArrayList<>();
        candidates.add(installed(console));
        String app = System.getProperty("holdfast.app", "");
        if (!app.isEmpty()) {
            candidates.add(Path.of(app, "facts.hfdb"));
        }
        return candidates;
    }

    /** Where {@code db update} and {@code db import} put the base: {@code $XDG_DATA_HOME/holdfast/facts.hfdb}. */
    public static Path installed(Console console) {
        return UserFolders.data(console).resolve("facts.hfdb");
    }
}
