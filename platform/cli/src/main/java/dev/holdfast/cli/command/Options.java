package dev.holdfast.cli.command;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Severity;
import dev.holdfast.report.form.Ink;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The options that several commands share, declared and read in one place. */
public final class Options {
    private Options() {}

    public static CommandSpec common(CommandSpec spec) {
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

    public static OptionSpec value(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** An option that may stand several times. */
    public static OptionSpec values(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description + " May stand several times.")
                .build();
    }

    public static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    public static PositionalParamSpec word(int index, String label, String description) {
        return PositionalParamSpec.builder()
                .index(String.valueOf(index))
                .type(String.class)
                .paramLabel(label)
                .required(true)
                .description(description)
                .build();
    }

    public static PositionalParamSpec optionalWord(int index, String label, String description) {
        return PositionalParamSpec.builder()
                .index(String.valueOf(index))
                .arity("0..1")
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    public static PositionalParamSpec words(String label, String description) {
        return wordsFrom(0, label, description);
    }

    /** Words that may all be left out. */
    public static PositionalParamSpec optionalWords(String label, String description) {
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
    public static PositionalParamSpec wordsFrom(int first, String label, String description) {
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

    public static Optional<String> text(ParseResult words, String name) {
        return Optional.ofNullable(words.matchedOptionValue(name, defaultOf(words, name)));
    }

    private static @org.jspecify.annotations.Nullable String defaultOf(ParseResult words, String name) {
        OptionSpec option = words.commandSpec().findOption(name);
        return option == null ? null : option.getValue();
    }

    /** The values of an option that may stand several times. */
    public static List<String> texts(ParseResult words, String name) {
        OptionSpec option = words.commandSpec().findOption(name);
        List<String> values = option == null ? null : option.getValue();
        return values == null ? List.of() : List.copyOf(values);
    }

    /** What a text lists, separated by commas; a thing that stands twice is there once. */
    public static Set<String> parts(String text) {
        Set<String> parts = new LinkedHashSet<>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }

    public static boolean isSet(ParseResult words, String name) {
        OptionSpec option = words.commandSpec().findOption(name);
        Boolean value = option == null ? null : option.getValue();
        return Boolean.TRUE.equals(value);
    }

    /** The format asked for, one of those the command knows; the first is the default. */
    public static String format(ParseResult words, String... known) throws InputException {
        String format = text(words, "--format").orElse(known[0]).toLowerCase(Locale.ROOT);
        if (!List.of(known).contains(format)) {
            throw usage("--format " + format + " is not known; " + String.join(", ", known) + " are");
        }
        return format;
    }

    public static Optional<Severity> severity(ParseResult words, String name) throws InputException {
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

    /** The day that an answer is about. */
    public static OptionSpec asOf() {
        return value("--as-of", "DATE", "Day for which ages and ends of support count; default today.");
    }

    public static LocalDate asOf(ParseResult words, Console console) throws InputException {
        Optional<String> day = text(words, "--as-of");
        try {
            return day.map(LocalDate::parse).orElseGet(console.today());
        } catch (DateTimeException wrong) {
            throw usage("--as-of " + day.orElse("") + " is no date; 2026-11-25 is");
        }
    }

    public static Ink ink(ParseResult words, Console console) {
        boolean isPlain = isSet(words, "--no-color")
                || !console.environment().apply("NO_COLOR").isEmpty()
                || console.environment().apply("TERM").equals("dumb")
                || text(words, "--output").filter(file -> !file.equals("-")).isPresent()
                || !console.isOutTerminal();
        return isPlain ? Ink.PLAIN : Ink.COLOUR;
    }

    public static InputException usage(String message) {
        return new InputException(InputException.Code.USAGE, message);
    }
}
