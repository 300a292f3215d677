package dev.holdfast.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * The way to the database. H2 closes its files when it could not write to them (a full disk), and a server goes away: then what runs fails
 * with a {@link StoreException}, and what comes later opens anew. May be used by several threads at once.
 */
final class Connections implements AutoCloseable {
    /** Few, because nothing waits for the store but its own threads. */
    private static final int MOST_CONNECTIONS = 4;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final int DUPLICATE_KEY_ATTEMPTS = 3;

    private final StoreSettings settings;
    private final Dialect dialect;
    private @Nullable Pool pool;
    private boolean isClosed;

    /** What is open. */
    private record Pool(HikariDataSource source, Jdbi jdbi) {}

    private Connections(StoreSettings settings, Dialect dialect) {
        this.settings = settings;
        this.dialect = dialect;
    }

    /** Opens the store and brings its schema up to date. */
    static Connections open(StoreSettings settings) throws InputException, IOException {
        if (settings.isFolder()) {
            Path folder = settings.folder();
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        }
        Connections connections = new Connections(settings, settings.isFolder() ? Dialect.H2 : Dialect.POSTGRESQL);
        try {
            connections.schema();
        } catch (InputException | IOException | RuntimeException failed) {
            connections.close();
            throw failed;
        }
        return connections;
    }

    private void schema() throws InputException, IOException {
        SchemaVersions versions = new SchemaVersions(dialect);
        if (run("bring its tables up to date", versions::bringUpToDate)) {
            return;
        }
        throw new InputException(
                InputException.Code.UNSUPPORTED,
                "the store " + settings.shown() + " was written by a newer Holdfast; use that one, or another place");
    }

    /**
     * Does something in one transaction. What loses a race for a key is done again: it then finds what the winner wrote.
     *
     * @param what for the message when it fails: "could not …"
     */
    <T> T run(String what, HandleCallback<T, RuntimeException> work) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Pool current = null;
            try {
                current = pool();
                return current.jdbi().inTransaction(TransactionIsolationLevel.READ_COMMITTED, work);
            } catch (RuntimeException failed) {
                SQLException cause = sql(failed);
                if (isDuplicate(cause) && attempt < DUPLICATE_KEY_ATTEMPTS) {
                    continue;
                }
                if (cause == null && !isOfPool(failed)) {
                    throw failed;
                }
                if (settings.isFolder() && current != null) {
                    forget(current);
                }
                throw new StoreException(
                        "the store " + settings.shown() + ": could not " + what + ": " + reason(failed, cause), failed);
            }
        }
    }

    /** As {@link #run}, for what answers nothing. */
    void doing(String what, java.util.function.Consumer<Handle> work) throws IOException {
        run(what, handle -> {
            work.accept(handle);
            return true;
        });
    }

    private synchronized Pool pool() throws StoreException {
        if (isClosed) {
            throw new StoreException(
                    "the store " + settings.shown() + " is closed", new IllegalStateException("closed"));
        }
        if (pool == null) {
            HikariDataSource source = new HikariDataSource(settings.isFolder() ? h2() : postgresql());
            pool = new Pool(source, Jdbi.create(source));
        }
        return pool;
    }

    private HikariConfig h2() {
        HikariConfig config = common();
        // WRITE_DELAY 0: what was committed is in the file. No trace file beside it, no hook of its own at the end, no
        // wait for a lock.
        config.setJdbcUrl("jdbc:h2:file:"
                + Path.of(settings.place()).toAbsolutePath().normalize().resolve("holdfast")
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT=5000");
        config.setUsername("holdfast");
        config.setPassword("");
        config.setInitializationFailTimeout(1); // a file does not come back by waiting
        return config;
    }

    private HikariConfig postgresql() {
        HikariConfig config = common();
        config.setJdbcUrl("jdbc:" + settings.place());
        if (!settings.user().isEmpty()) {
            config.setUsername(settings.user());
        }
        if (!settings.password().isEmpty()) {
            config.setPassword(settings.password());
        }
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", "20");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "holdfast");
        return config;
    }

    private static HikariConfig common() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("holdfast");
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(LONGEST_WAIT.toMillis());
        config.setInitializationFailTimeout(LONGEST_WAIT.toMillis());
        return config;
    }

    /** H2 is of no use after it could not write; the next question opens the file anew. */
    private synchronized void forget(Pool broken) {
        if (broken.equals(pool)) {
            pool = null;
            broken.source().close();
        }
    }

    private static @Nullable SQLException sql(Throwable failure) {
        Throwable at = failure;
        for (int i = 0; i < 20 && at != null; i++) {
            if (at instanceof SQLException found) {
                return found;
            }
            at = at.getCause();
        }
        return null;
    }

    private static boolean isOfPool(RuntimeException failure) {
        return failure.getClass().getName().startsWith("com.zaxxer.");
    }

    private static boolean isDuplicate(@Nullable SQLException failure) {
        return failure != null && "23505".equals(failure.getSQLState());
    }

    /** The one line that helps. */
    private static String reason(Throwable failure, @Nullable SQLException sql) {
        StringBuilder all = new StringBuilder();
        Throwable at = failure;
        for (int i = 0; i < 20 && at != null; i++) {
            all.append(at.getMessage()).append('\n');
            at = at.getCause();
        }
        String text = all.toString().toLowerCase(Locale.ROOT);
        if (text.contains("no space left")) {
            return "no space is left on the device; nothing of this was kept, what was there before is";
        }
        if (text.contains("already in use") || text.contains("the file is locked")) {
            return "another process has it open; a folder belongs to one server, several share PostgreSQL";
        }
        String message = sql == null ? failure.getMessage() : sql.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (pool != null) {
            pool.source().close();
            pool = null;
        }
    }
}
