package dev.holdfast.cli;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Severity;
import dev.holdfast.report.Ink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The options that several commands share, declared and read in one place. */
final class Options {
    /** Shorter keys can be tried. */
    private static final int SHORTEST_KEY = 16;

    private static final int LONGEST_KEY = 4_096;

    private Options() {}

    static CommandSpec common(CommandSpec spec) {
        return spec.addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build())
                .addOption(value("--output", "FILE", "Write the result to FILE instead of standard output."))
                .addOption(flag("--quiet", "Write nothing but the result."))
                .addOption(flag("--no-color", "No colour, also on a terminal (NO_COLOR does the same)."))
                .addOption(value(
                        "--config",
                        "FILE",
                        "Defaults for options: lines 'name: value'; default .holdfast.yaml here, or the user's."));
    }

    static OptionSpec value(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** An option that may stand several times. */
    static OptionSpec values(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description + " May stand several times.")
                .build();
    }

    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    static PositionalParamSpec word(int index, String label, String description) {
        return PositionalParamSpec.builder()
                .index(String.valueOf(index))
                .type(String.class)
                .paramLabel(label)
                .required(true)
                .description(description)
                .build();
    }

    static PositionalParamSpec optionalWord(int index, String label, String description) {
        return PositionalParamSpec.builder()
                .index(String.valueOf(index))
                .arity("0..1")
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static PositionalParamSpec words(String label, String description) {
        return wordsFrom(0, label, description);
    }

    /** Words that may all be left out. */
    static PositionalParamSpec optionalWords(String label, String description) {
        return PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** One word or more, from a position to the end. */
    static PositionalParamSpec wordsFrom(int first, String label, String description) {
        return PositionalParamSpec.builder()
                .index(first + "..*")
                .arity("1..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .required(true)
                .description(description)
                .build();
    }

    static Optional<String> text(ParseResult words, String name) {
        return Optional.ofNullable(words.matchedOptionValue(name, defaultOf(words, name)));
    }

    private static @org.jspecify.annotations.Nullable String defaultOf(ParseResult words, String name) {
        OptionSpec option = words.commandSpec().findOption(name);
        return option == null ? null : option.getValue();
    }

    /** The values of an option that may stand several times. */
    static List<String> texts(ParseResult words, String name) {
        OptionSpec option = words.commandSpec().findOption(name);
        List<String> values = option == null ? null : option.getValue();
        return values == null ? List.of() : List.copyOf(values);
    }

    static boolean isSet(ParseResult words, String name) {
        OptionSpec option = words.commandSpec().findOption(name);
        Boolean value = option == null ? null : option.getValue();
        return Boolean.TRUE.equals(value);
    }

    /** The format asked for, one of those the command knows; the first is the default. */
    static String format(ParseResult words, String... known) throws InputException {
        String format = text(words, "--format").orElse(known[0]).toLowerCase(Locale.ROOT);
        if (!List.of(known).contains(format)) {
            throw usage("--format " + format + " is not known; " + String.join(", ", known) + " are");
        }
        return format;
    }

    static Optional<Severity> severity(ParseResult words, String name) throws InputException {
        Optional<String> word = text(words, name);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Optional<Severity> severity = Severity.ofWord(word.get());
        if (severity.isEmpty()) {
            throw usage(name + " " + word.get()
                    + " is no severity; critical, high, medium, low, negligible and unknown are");
        }
        return severity;
    }

    static LocalDate asOf(ParseResult words, Console console) throws InputException {
        Optional<String> day = text(words, "--as-of");
        try {
            return day.map(LocalDate::parse).orElseGet(console.today());
        } catch (DateTimeException wrong) {
            throw usage("--as-of " + day.orElse("") + " is no date; 2026-11-25 is");
        }
    }

    /** The key of the fingerprints of secrets, from the file that holds it; empty when none is given. */
    static String secretsKey(ParseResult words) throws InputException, IOException {
        Optional<String> file = text(words, "--secrets-key");
        if (file.isEmpty()) {
            return "";
        }
        byte[] key = Files.readAllBytes(Path.of(file.get()));
        if (key.length < SHORTEST_KEY || key.length > LONGEST_KEY) {
            throw usage("--secrets-key " + file.get() + ": a key has " + SHORTEST_KEY + " to " + LONGEST_KEY
                    + " bytes, this file " + key.length + "; head -c 32 /dev/urandom > FILE makes one");
        }
        return new String(key, StandardCharsets.ISO_8859_1);
    }

    static Ink ink(ParseResult words, Console console) {
        boolean isPlain = isSet(words, "--no-color")
                || !console.environment().apply("NO_COLOR").isEmpty()
                || console.environment().apply("TERM").equals("dumb")
                || text(words, "--output").filter(file -> !file.equals("-")).isPresent()
                || !console.isOutTerminal();
        return isPlain ? Ink.PLAIN : Ink.COLOUR;
    }

    static InputException usage(String message) {
        return new InputException(InputException.Code.USAGE, message);
    }
}
