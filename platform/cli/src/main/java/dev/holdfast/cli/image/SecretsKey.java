package dev.holdfast.cli.image;

import dev.holdfast.cli.command.Options;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The key that the fingerprints of secrets are made with. */
final class SecretsKey {
    /** Shorter keys can be tried. */
    private static final int SHORTEST_KEY = 16;

    private static final int LONGEST_KEY = 4_096;

    private SecretsKey() {}

    static void addOption(CommandSpec spec) {
        spec.addOption(Options.value(
                "--secrets-key", "FILE", "File with the key of the fingerprints of secrets; default the image."));
    }

    /** The key of the fingerprints of secrets, from the file that holds it; empty when none is given. */
    static String of(ParseResult words) throws InputException, IOException {
        Optional<String> file = Options.text(words, "--secrets-key");
        if (file.isEmpty()) {
            return "";
        }
        Path path = Path.of(file.get());
        byte[] key = start(path);
        if (key.length < SHORTEST_KEY || key.length > LONGEST_KEY) {
            throw Options.usage("--secrets-key " + file.get() + ": a key has " + SHORTEST_KEY + " to " + LONGEST_KEY
                    + " bytes, this file " + Math.max(key.length, Files.size(path))
                    + "; head -c 32 /dev/urandom > FILE makes one");
        }
        return new String(key, StandardCharsets.ISO_8859_1);
    }

    /** The bytes of a file, as far as they may be a key, and one more. */
    private static byte[] start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LONGEST_KEY + 1);
        }
    }
}
