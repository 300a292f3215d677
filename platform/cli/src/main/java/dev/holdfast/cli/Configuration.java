package dev.holdfast.cli;

import dev.holdfast.cli.command.Console;
import dev.holdfast.core.InputException;
import dev.holdfast.scan.exemption.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Defaults for options. What stands on the command line wins; then the environment, {@code HOLDFAST_FAIL_ON} for {@code --fail-on}; then
 * one file: the one that {@code --config} names, else {@value #NAME} in the working directory, else {@code holdfast/config.yaml} in the
 * user's configuration folder ({@code XDG_CONFIG_HOME}, {@code ~/.config}).
 *
 * <p>Each line of a file is {@code name: value}, the name being a long option's without its dashes ({@code fail-on: high}, {@code
 * only-fixed: true}); empty lines and what follows a {@code #} say nothing. A name that the command does not have is kept for the commands
 * that do; one that no command has is an error, because a gate that is misspelled is no gate.
 */
final class Configuration {
    static final String NAME = ".holdfast.yaml";

    /** What a file must not say: where output goes is for who runs the program, not for who wrote the folder. */
    private static final Set<String> REFUSED = Set.of("--help", "--config", "--output");

    /**
     * What a folder's file must not say either, as a folder may come from anybody: whom to talk to, where to write, and what to do to files and
     * containers.
     */
    private static final Set<String> OF_USERS = Set.of(
            "--insecure-registry",
            "--registry-mirror",
            "--mirror",
            "--feed",
            "--kubeconfig",
            "--webhook",
            "--syslog",
            "--listen",
            "--metrics-listen",
            "--reports-listen",
            "--store",
            "--alert-file",
            "--record",
            "--metrics",
            "--bundle",
            "--journal",
            "--init-certs",
            "--fix",
            "--respond",
            "--act");

    /** More than anybody writes by hand. */
    private static final long MOST_BYTES = 1L << 20;

    private final Console console;
    private final Map<String, String> values;

    /** @param options the long names of all commands' options; asked only when there is a file */
    Configuration(Console console, Supplier<Set<String>> options, String... words) throws InputException, IOException {
        this.console = console;
        Optional<Path> file = file(console, words);
        values = file.isPresent() ? read(file.get(), options.get()) : Map.of();
    }

    private static Optional<Path> file(Console console, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals("--config") && i + 1 < words.length) {
                return Optional.of(Path.of(words[i + 1]));
            }
            if (words[i].startsWith("--config=")) {
                return Optional.of(Path.of(words[i].substring("--config=".length())));
            }
        }
        String home = console.environment().apply("HOME");
        String folder = console.environment().apply("XDG_CONFIG_HOME");
        Path ofUser = Path.of(folder.isEmpty() ? home + "/.config" : folder, "holdfast", "config.yaml");
        for (Path usual : List.of(Path.of(NAME), ofUser)) {
            boolean isAsked = usual.isAbsolute() || usual.equals(Path.of(NAME));
            if (isAsked && Files.isRegularFile(usual)) {
                return Optional.of(usual);
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> read(Path file, Set<String> options) throws InputException, IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new InputException(InputException.Code.LIMIT, file + ": larger than " + MOST_BYTES + " bytes");
        }
        Map<String, String> values = new HashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String text = withoutComment(line).strip();
            if (text.isEmpty() || text.equals("---")) {
                continue;
            }
            int colon = text.indexOf(':');
            if (colon < 1) {
                throw wrong(file, number, "expected 'name: value', found: " + text);
            }
            String name = "--" + text.substring(0, colon).strip();
            requireKnown(file, number, name, options);
            if (values.put(name, unquoted(text.substring(colon + 1).strip())) != null) {
                throw wrong(file, number, "\"" + name.substring(2) + "\" stands twice");
            }
        }
        return values;
    }

    private static void requireKnown(Path file, int number, String name, Set<String> options) throws InputException {
        if (REFUSED.contains(name)) {
            throw wrong(file, number, "\"" + name.substring(2) + "\" is said on the command line only");
        }
        if (OF_USERS.contains(name) && file.equals(Path.of(NAME))) {
            throw wrong(
                    file,
                    number,
                    "\"" + name.substring(2)
                            + "\" is not taken from a folder's file; give it with --config, or in your own");
        }
        if (!options.contains(name)) {
            TreeSet<String> known = new TreeSet<>();
            options.forEach(option -> known.add(option.substring(2)));
            String near = Nearest.closest(name.substring(2), known)
                    .map(option -> "; did you mean " + option + "?")
                    .orElse("");
            throw wrong(file, number, "no command has an option \"" + name.substring(2) + "\"" + near);
        }
    }

    private static InputException wrong(Path file, int number, String what) {
        return new InputException(InputException.Code.MALFORMED, file + ":" + number + ": " + what);
    }

    /** A comment begins the line or follows a blank, outside of quotes. */
    private static String withoutComment(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    IDefaultValueProvider defaults() {
        return argument -> argument instanceof OptionSpec option ? value(option.longestName()) : null;
    }

    private @org.jspecify.annotations.Nullable String value(String option) {
        if (REFUSED.contains(option)) {
            return null;
        }
        String variable =
                "HOLDFAST_" + option.substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
        String set = console.environment().apply(variable);
        return set.isEmpty() ? values.get(option) : set;
    }
}
