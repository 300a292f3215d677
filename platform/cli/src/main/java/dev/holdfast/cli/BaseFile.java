package dev.holdfast.cli;

import dev.holdfast.advisory.Advisories;
import dev.holdfast.advisory.AdvisoryBase;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * Which advisory base a run uses: the one that {@code --db} or {@code HOLDFAST_DB} names, else the one that {@code db update} or
 * {@code db import} put into the user's data folder, else the snapshot that comes with the program.
 */
final class BaseFile {
    private BaseFile() {}

    static AdvisoryBase open(ParseResult words, Console console) throws InputException, IOException {
        return Advisories.open(find(words, console));
    }

    static Path find(ParseResult words, Console console) throws InputException {
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
    static Path installed(Console console) {
        return dataFolder(console).resolve("facts.hfdb");
    }

    /** Where feeds are kept as they came: {@code $XDG_CACHE_HOME/holdfast}. */
    static Path cacheFolder(Console console) {
        String cache = console.environment().apply("XDG_CACHE_HOME");
        if (!cache.isEmpty()) {
            return Path.of(cache, "holdfast");
        }
        String home = console.environment().apply("HOME");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", ".") : home, ".cache", "holdfast");
    }

    static Path dataFolder(Console console) {
        String data = console.environment().apply("XDG_DATA_HOME");
        if (!data.isEmpty()) {
            return Path.of(data, "holdfast");
        }
        String home = console.environment().apply("HOME");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", ".") : home, ".local", "share", "holdfast");
    }
}
