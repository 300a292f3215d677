package dev.holdfast.cli.command;

import dev.holdfast.core.SafeText;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.function.Supplier;

/**
 * The surroundings of a run, so that tests can hand in their own.
 *
 * @param in standard input
 * @param out standard output: results only
 * @param err standard error: errors, and progress where a person looks at it
 * @param isOutTerminal whether a person looks at standard output
 * @param isErrTerminal whether a person looks at standard error
 * @param environment reads an environment variable; an unset one is empty
 * @param today the day it is; asked only where no day was given
 */
public record Console(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean isOutTerminal,
        boolean isErrTerminal,
        java.util.function.Function<String, String> environment,
        Supplier<LocalDate> today) {

    public static Console ofProcess() {
        return new Console(
                new FileInputStream(FileDescriptor.in),
                utf8(new FileOutputStream(FileDescriptor.out)),
                utf8(new FileOutputStream(FileDescriptor.err)),
                Boolean.getBoolean("holdfast.tty"), // the launcher tests it: asking the JVM loads a terminal library
                Boolean.getBoolean("holdfast.tty.err"),
                name -> {
                    String value = System.getenv(name);
                    return value == null ? "" : value;
                },
                () -> LocalDate.now(java.time.ZoneOffset.UTC));
    }

    /** Says a line on standard error, at once: something went wrong with the work, or goes on in it. */
    public void tell(String line) {
        err.println("holdfast: " + SafeText.of(line));
        err.flush();
    }

    private static PrintStream utf8(FileOutputStream stream) {
        return new PrintStream(new java.io.BufferedOutputStream(stream, 1 << 16), false, StandardCharsets.UTF_8);
    }
}
