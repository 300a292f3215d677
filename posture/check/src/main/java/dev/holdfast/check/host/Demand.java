package dev.holdfast.check.host;

import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.InputKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the options of a program must say.
 *
 * @param option the option that a failure is about: its place is the failure's
 * @param failure what is wrong with the options that were given; empty when they are right
 * @param fix what to write
 */
record Demand(Rule rule, String option, Function<Flags, Optional<String>> failure, String fix) {

    /** The option must have this value; {@code otherwise} is what the program takes when nothing is said. */
    static Demand is(
            String id, Severity severity, String option, String wanted, String otherwise, String title, String why) {
        return new Demand(
                rule(id, severity, title, why),
                option,
                flags -> {
                    String value = flags.value(option, otherwise);
                    if (value.equals(wanted)) {
                        return Optional.empty();
                    }
                    return Optional.of(
                            flags.get(option).isPresent()
                                    ? "--" + option + " is " + value
                                    : "--" + option + " is not set, which means " + otherwise);
                },
                "--" + option + "=" + wanted);
    }

    /** All of the options must be set. */
    static Demand set(String id, Severity severity, String title, String why, String... options) {
        return new Demand(
                rule(id, severity, title, why),
                options[0],
                flags -> {
                    List<String> missing = new ArrayList<>();
                    for (String option : options) {
                        if (!flags.isSet(option)) {
                            missing.add("--" + option);
                        }
                    }
                    return missing.isEmpty()
                            ? Optional.empty()
                            : Optional.of(String.join(" and ", missing) + (missing.size() == 1 ? " is" : " are")
                                    + " not set");
                },
                "set "
                        + String.join(
                                ", ",
                                Arrays.stream(options)
                                        .map(option -> "--" + option)
                                        .toList()));
    }

    /** The option must not be set, or say false. */
    static Demand unset(String id, Severity severity, String option, String title, String why) {
        return new Demand(
                rule(id, severity, title, why),
                option,
                flags -> flags.get(option)
                        .filter(setting ->
                                !setting.value().isEmpty() && !setting.value().equals("false"))
                        .map(setting -> "--" + option + " is " + setting.value()),
                "remove --" + option);
    }

    /** The list must hold the word. */
    static Demand holds(String id, Severity severity, String option, String word, String title, String why) {
        return new Demand(
                rule(id, severity, title, why),
                option,
                flags -> flags.list(option).contains(word)
                        ? Optional.empty()
                        : Optional.of(
                                flags.isSet(option)
                                        ? "--" + option + "=" + flags.value(option, "") + " does not hold " + word
                                        : "--" + option + " is not set, so it does not hold " + word),
                "add " + word + " to --" + option);
    }

    /** The list must not hold the word. */
    static Demand lacks(String id, Severity severity, String option, String word, String title, String why) {
        return new Demand(
                rule(id, severity, title, why),
                option,
                flags -> flags.list(option).contains(word)
                        ? Optional.of("--" + option + " holds " + word)
                        : Optional.empty(),
                "take " + word + " out of --" + option);
    }

    /** The number must be at least this. */
    static Demand atLeast(String id, Severity severity, String option, long least, String title, String why) {
        return new Demand(
                rule(id, severity, title, why),
                option,
                flags -> {
                    if (!flags.isSet(option)) {
                        return Optional.of("--" + option + " is not set");
                    }
                    try {
                        long value = Long.parseLong(flags.value(option, ""));
                        return value >= least ? Optional.empty() : Optional.of("--" + option + " is " + value);
                    } catch (NumberFormatException wrong) {
                        return Optional.of("--" + option + " is no number: " + flags.value(option, ""));
                    }
                },
                "--" + option + "=" + least);
    }

    static Rule rule(String id, Severity severity, String title, String why) {
        return Rule.of(id, severity, title, why, InputKind.HOST);
    }
}
