package dev.holdfast.cli.command;

import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import java.io.IOException;

/**
 * Why there is no answer about one of several things that were named. It is told at once, and never hides the answers about the others.
 *
 * @param given the thing as it was named
 * @param code the kind of failure, as documents in JSON have it
 * @param line what went wrong, the thing's name first
 * @param exit what the run ends with, unless something else weighs more
 */
public record Failure(String given, String code, String line, ExitCode exit) {
    public static Failure of(String given, InputException wrong) {
        return new Failure(given, wrong.code().word(), line(given, wrong.getMessage()), ExitCode.INPUT);
    }

    public static Failure of(String given, IOException failed) {
        return new Failure(given, "environment", line(given, Reason.of(failed)), ExitCode.ENVIRONMENT);
    }

    /** Many messages begin with the name already. */
    private static String line(String given, String message) {
        return message.startsWith(given) ? message : given + ": " + message;
    }
}
