package dev.holdfast.cli;

import dev.holdfast.cli.command.Console;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One run of the program inside this process. It stands in the program's own package because the surroundings of a run are none of other
 * packages' business.
 *
 * @param exit the exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record ProgramRun(int exit, byte[] out, String err) {
    /** The day it is, as far as the program knows. */
    public static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

    public static ProgramRun of(String... words) {
        return withInput(new byte[0], words);
    }

    public static ProgramRun withInput(byte[] in, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return run(in, out, out, words);
    }

    /** A run whose standard output is a pipe that nobody reads any more. */
    public static ProgramRun withClosedOutput(String... words) {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        return run(new byte[0], closed, new ByteArrayOutputStream(), words);
    }

    /** A run with these environment variables. */
    public static ProgramRun withEnvironment(Map<String, String> variables, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return run(new byte[0], out, out, name -> variables.getOrDefault(name, ""), words);
    }

    private static ProgramRun run(byte[] in, OutputStream out, ByteArrayOutputStream kept, String... words) {
        return run(in, out, kept, name -> "", words);
    }

    private static ProgramRun run(
            byte[] in,
            OutputStream out,
            ByteArrayOutputStream kept,
            UnaryOperator<String> environment,
            String... words) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(in),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                false,
                false,
                environment,
                () -> TODAY);
        int exit = new Program(console).run(words);
        return new ProgramRun(exit, kept.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    public String text() {
        return new String(out, StandardCharsets.UTF_8);
    }

    public JsonValue json() throws InputException {
        return Json.parse(out, Limits.DEFAULT);
    }
}
