package dev.holdfast.rules;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The answers of Falco's own tests, where they are at hand. */
final class Oracle {
    private Oracle() {}

    static Path folder() {
        String shared = System.getProperty("holdfast.shared", "");
        Path folder = Path.of(shared, "oracles", "falco");
        assumeTrue(!shared.isEmpty() && Files.isDirectory(folder), "no folder of Falco's answers in holdfast.shared");
        return folder;
    }

    static List<RuleFile> files(String... names) throws IOException, InputException {
        List<RuleFile> files = new ArrayList<>();
        for (String name : names) {
            RuleFile read = RuleFile.read(folder().resolve(name), Limits.DEFAULT);
            files.add(new RuleFile(name, read.text()));
        }
        return files;
    }

    static JsonValue cases(String name) throws IOException, InputException {
        return Json.parse(Files.readAllBytes(folder().resolve("cases").resolve(name)), Limits.DEFAULT);
    }

    static LoadedRules load(String... names) throws IOException, InputException {
        return new RuleLoader(Limits.DEFAULT).load(files(names));
    }
}
