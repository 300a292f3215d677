package dev.holdfast.scan.sarif;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.scan.Brought;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a SARIF 2.1.0 log (OASIS, with errata 01).
 *
 * <pre>
 * { "version": "2.1.0", "runs": [ {
 *     "tool": { "driver": { "name", "version", "rules": [ … ] }, "extensions": [ { "name", "rules": [ … ] } ] },
 *     "artifacts": [ { "location": { "uri" } } ],
 *     "invocations": [ { "executionSuccessful", "exitCodeDescription", "ruleConfigurationOverrides": [ … ] } ],
 *     "results": [ … ], "externalPropertyFileReferences": { "results": [ … ] } } ] }
 * </pre>
 *
 * One result becomes one finding ({@link SarifResult}). A run that says it failed, has no list of results, or keeps them in another file is
 * a gap: its silence says nothing (3.14.23, 3.20.14, 3.15.3).
 */
public final class SarifReader {
    /** More than any scanner writes; each is kept. */
    private static final int MOST_RESULTS = 500_000;

    private static final int MOST_RULES = 100_000;

    /** No text of a log is longer, but for embedded sources, which are passed over. */
    private static final long MOST_TEXT = 64L << 20;

    private final Limits limits;

    public SarifReader(Limits limits) {
        this.limits = limits.withFileBytes(Math.min(limits.fileBytes(), MOST_TEXT));
    }

    /**
     * @throws InputException when it is no such log, or is broken: with file, line and reason
     */
    public Brought read(Path file) throws InputException, IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                JsonCursor cursor = JsonCursor.open(in, limits)) {
            Brought brought = log(cursor, file.toString());
            if (!cursor.isAtEnd()) {
                throw new InputException(InputException.Code.MALFORMED, "something follows the log's end");
            }
            return brought;
        } catch (InputException wrong) {
            throw wrong.in(file.toString());
        }
    }

    private static Brought log(JsonCursor cursor, String file) throws InputException, IOException {
        if (!cursor.enterObject()) {
            throw new InputException(InputException.Code.MALFORMED, "a SARIF log is an object");
        }
        String version = "";
        boolean hasRuns = false;
        Brought brought = Brought.NOTHING;
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "version" -> version = cursor.text().orElse("");
                case "runs" -> {
                    hasRuns = true;
                    brought = brought.and(runs(cursor, file));
                }
                default -> cursor.skip();
            }
        }
        if (!version.equals("2.1.0")) {
            throw new InputException(
                    InputException.Code.UNSUPPORTED,
                    version.isEmpty()
                            ? "no SARIF log: it has no \"version\""
                            : "SARIF " + version + "; 2.1.0 is read, the scanner may have an option for it");
        }
        if (!hasRuns) {
            throw new InputException(InputException.Code.MALFORMED, "a SARIF log without \"runs\"");
        }
        return brought;
    }

    private static Brought runs(JsonCursor cursor, String file) throws InputException, IOException {
        Brought brought = Brought.NOTHING;
        int line = cursor.line();
        if (!enter(cursor, "\"runs\"")) {
            throw wrong(line, "\"runs\" is null: the scanner failed");
        }
        while (cursor.nextElement()) {
            brought = brought.and(run(cursor, file));
        }
        return brought;
    }

    private static Brought run(JsonCursor cursor, String file) throws InputException, IOException {
        SarifRun run = new SarifRun(file);
        int line = cursor.line();
        if (!cursor.enterObject()) {
            throw wrong(line, "a run that is no object");
        }
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "tool" -> tool(cursor, run);
                case "artifacts" -> each(cursor, "\"artifacts\"", (value, at) -> run.artifact(value));
                case "invocations" -> each(cursor, "\"invocations\"", (value, at) -> run.invocation(value));
                case "externalPropertyFileReferences" -> run.external(cursor.value());
                case "results" -> {
                    if (enter(cursor, "\"results\"")) {
                        run.hasResults();
                        results(cursor, run);
                    }
                }
                default -> cursor.skip();
            }
        }
        return run.brought(line);
    }

    private static void results(JsonCursor cursor, SarifRun run) throws InputException, IOException {
        while (cursor.nextElement()) {
            int line = cursor.line();
            if (run.results() == MOST_RESULTS) {
                throw new InputException(
                        InputException.Code.LIMIT, "line " + line + ": more than " + MOST_RESULTS + " results");
            }
            run.result(cursor.value(), line);
        }
    }

    private static void tool(JsonCursor cursor, SarifRun run) throws InputException, IOException {
        int line = cursor.line();
        if (!cursor.enterObject()) {
            throw wrong(line, "\"tool\" is no object");
        }
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "driver" -> run.driver(component(cursor));
                case "extensions" -> {
                    if (enter(cursor, "\"extensions\"")) {
                        while (cursor.nextElement()) {
                            run.extension(component(cursor));
                        }
                    }
                }
                default -> cursor.skip();
            }
        }
    }

    /** A tool or a plug-in of one, with its rules. */
    private static SarifRun.ToolComponent component(JsonCursor cursor) throws InputException, IOException {
        String name = "";
        String version = "";
        String semantic = "";
        List<JsonValue> rules = new ArrayList<>();
        int line = cursor.line();
        if (!cursor.enterObject()) {
            throw wrong(line, "a tool component that is no object");
        }
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "name" -> name = cursor.text().orElse("");
                case "version" -> version = cursor.text().orElse("");
                case "semanticVersion" -> semantic = cursor.text().orElse("");
                case "rules" ->
                    each(cursor, "\"rules\"", (value, at) -> {
                        if (rules.size() == MOST_RULES) {
                            throw new InputException(
                                    InputException.Code.LIMIT, "line " + at + ": more than " + MOST_RULES + " rules");
                        }
                        rules.add(value);
                    });
                default -> cursor.skip();
            }
        }
        return new SarifRun.ToolComponent(name, semantic.isEmpty() ? version : semantic, rules);
    }

    @FunctionalInterface
    private interface Element {
        void read(JsonValue value, int line) throws InputException;
    }

    private static void each(JsonCursor cursor, String what, Element element) throws InputException, IOException {
        if (enter(cursor, what)) {
            while (cursor.nextElement()) {
                int line = cursor.line();
                element.read(cursor.value(), line);
            }
        }
    }

    /** Steps into a list; false for {@code null}. */
    private static boolean enter(JsonCursor cursor, String what) throws InputException, IOException {
        int line = cursor.line();
        if (cursor.isArray()) {
            return cursor.enterArray();
        }
        if (!cursor.value().isAbsent()) {
            throw wrong(line, what + " is no list");
        }
        return false;
    }

    static InputException wrong(int line, String what) {
        return new InputException(InputException.Code.MALFORMED, "line " + line + ": " + what);
    }
}
