package dev.holdfast.cli.runtime;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.rules.LoadedRules;
import dev.holdfast.rules.Problem;
import dev.holdfast.rules.RuleFile;
import dev.holdfast.rules.RuleLoader;
import dev.holdfast.rules.RuleSet;
import dev.holdfast.rules.ShippedRules;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rule files that were named on the command line. */
final class GivenRules {
    private GivenRules() {}

    /** Loads files in their order; {@code -} is standard input, {@code shipped} and no name at all stand for the program's own. */
    static LoadedRules load(List<String> names, Console console) throws InputException, IOException {
        List<RuleFile> files = new ArrayList<>();
        for (String name : names.isEmpty() ? List.of(ShippedRules.NAME) : names) {
            if (name.equals(ShippedRules.NAME)) {
                files.addAll(ShippedRules.files());
            } else {
                files.add(file(name, console));
            }
        }
        return new RuleLoader(Limits.DEFAULT).load(files);
    }

    static RuleFile file(String name, Console console) throws InputException, IOException {
        if (name.equals("-")) {
            return RuleFile.read("-", console.in(), Limits.DEFAULT);
        }
        try {
            return RuleFile.read(Path.of(name), Limits.DEFAULT);
        } catch (InvalidPathException none) {
            throw Options.usage(SafeText.of(name) + ": that is no name of a file");
        }
    }

    /** The rules of files that must be right. */
    static RuleSet right(List<String> names, Console console) throws InputException, IOException {
        LoadedRules loaded = load(names, console);
        for (Problem problem : loaded.problems()) {
            if (problem.isError()) {
                throw new InputException(InputException.Code.MALFORMED, problem.toString());
            }
        }
        return loaded.rules();
    }
}
