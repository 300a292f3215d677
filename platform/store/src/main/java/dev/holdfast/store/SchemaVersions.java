package dev.holdfast.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The tables, as a sequence of scripts that are each run once, in order, in one transaction with the note that they were. The scripts are
 * the SQL that both stores understand; statements end with a semicolon at the end of a line. A script that was released is never changed.
 */
final class SchemaVersions {
    private static final List<String> SCRIPTS = List.of("001-verdicts-scans-decisions.sql");

    private final Dialect dialect;

    SchemaVersions(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Whether the tables are now as this program knows them; they are not when a newer one made them. */
    boolean bringUpToDate(Handle handle) {
        handle.createQuery(dialect.lockOfSchema()).mapTo(String.class).list();
        handle.execute(
                "CREATE TABLE IF NOT EXISTS schema_versions (version INT PRIMARY KEY, script VARCHAR(200) NOT NULL)");
        int last = handle.createQuery("SELECT COALESCE(MAX(version), 0) FROM schema_versions")
                .mapTo(Integer.class)
                .one();
        for (int version = last + 1; version <= SCRIPTS.size(); version++) {
            String script = SCRIPTS.get(version - 1);
            for (String statement : text(script).split(";\\s*\\n")) {
                if (!statement.isBlank()) {
                    handle.execute(statement);
                }
            }
            handle.execute("INSERT INTO schema_versions (version, script) VALUES (?, ?)", version, script);
        }
        return last <= SCRIPTS.size();
    }

    private static String text(String script) {
        try (InputStream in = SchemaVersions.class.getResourceAsStream(script)) {
            if (in == null) {
                throw new IllegalStateException(script + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
