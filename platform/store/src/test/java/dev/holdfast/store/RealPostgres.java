package dev.holdfast.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL, started once for all tests of this run; every test has a database of its own. */
final class RealPostgres {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private RealPostgres() {}

    /** Started when it is first asked for. */
    private static final class Running {
        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException | IllegalStateException notHere) {
                return Assumptions.abort("PostgreSQL does not start here: " + notHere);
            }
        }
    }

    static StoreSettings freshDatabase() {
        boolean isKnown = System.getProperty("os.arch", "").equals("amd64")
                && System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
        Assumptions.assumeTrue(isKnown, "the tests have PostgreSQL for Linux on amd64 only");
        String name = "holdfast" + NEXT.incrementAndGet();
        try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return new StoreSettings(
                "postgresql://127.0.0.1:" + Running.SERVER.getPort() + "/" + name, "postgres", "postgres");
    }
}
