package dev.holdfast.cli;

import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Defaults for options from the file that {@code --config} names. Each line is {@code name: value}, the name being a long option's
 * without its dashes ({@code fail-on: high}, {@code only-fixed: true}); empty lines and lines that begin with {@code #} say nothing. A
 * name that the command does not have is kept for the commands that do. What stands on the command line wins.
 */
final class Configuration {
    private final Map<String, String> values;

    Configuration(String... words) throws InputException, IOException {
        Optional<Path> file = file(words);
        values = file.isPresent() ? read(file.get()) : Map.of();
    }

    private static Optional<Path> file(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals("--config") && i + 1 < words.length) {
                return Optional.of(Path.of(words[i + 1]));
            }
            if (words[i].startsWith("--config=")) {
                return Optional.of(Path.of(words[i].substring("--config=".length())));
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> read(Path file) throws InputException, IOException {
        Map<String, String> values = new HashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            int colon = text.indexOf(':');
            if (colon < 1) {
                throw new InputException(
                        InputException.Code.MALFORMED,
                        file + ":" + number + ": expected 'name: value', found: " + text);
            }
            values.put(
                    "--" + text.substring(0, colon).strip(),
                    unquoted(text.substring(colon + 1).strip()));
        }
        return values;
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    IDefaultValueProvider defaults() {
        return argument -> argument instanceof OptionSpec option ? values.get(option.longestName()) : null;
    }
}
