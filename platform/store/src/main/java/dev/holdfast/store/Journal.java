package dev.holdfast.store;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What was decided at the cluster's door. Bounded: the oldest go first. */
public final class Journal {
    private static final int LONGEST_MESSAGE = 2_000;
    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_SUBJECT = 600;
    private static final int LONGEST_WORD = 20;
    private static final int LONGEST_UID = 100;
    private static final int LONGEST_SHORT_WORD = 10;

    private final Connections connections;

    Journal(Connections connections) {
        this.connections = connections;
    }

    /**
     * One decision.
     *
     * @param uid of the question, which the audit log of the API server has too
     * @param subject the object: {@code pods "web"}
     * @param askedBy the user who made the request
     * @param outcome allowed, warned, denied or changed
     * @param mode in which the namespace was judged
     * @param message what was said
     */
    public record Entry(
            Instant decided,
            String uid,
            String operation,
            String subject,
            String namespace,
            String askedBy,
            String outcome,
            String mode,
            String message) {}

    public void add(List<Entry> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        connections.doing("write the journal", handle -> {
            PreparedBatch batch =
                    handle.prepareBatch("INSERT INTO decisions (decided, uid, operation, subject, namespace, asked_by,"
                            + " outcome, mode, message) VALUES (:decided, :uid, :operation, :subject, :namespace,"
                            + " :askedBy, :outcome, :mode, :message)");
            for (Entry entry : entries) {
                batch.bind("decided", entry.decided().toEpochMilli())
                        .bind("uid", Text.fitting(entry.uid(), LONGEST_UID))
                        .bind("operation", Text.fitting(entry.operation(), LONGEST_WORD))
                        .bind("subject", Text.fitting(entry.subject(), LONGEST_SUBJECT))
                        .bind("namespace", Text.fitting(entry.namespace(), LONGEST_NAME))
                        .bind("askedBy", Text.fitting(entry.askedBy(), LONGEST_NAME))
                        .bind("outcome", Text.fitting(entry.outcome(), LONGEST_SHORT_WORD))
                        .bind("mode", Text.fitting(entry.mode(), LONGEST_SHORT_WORD))
                        .bind("message", Text.fitting(entry.message(), LONGEST_MESSAGE))
                        .add();
            }
            batch.execute();
        });
    }

    /** The latest, newest first. */
    public List<Entry> latest(int most) throws IOException {
        return connections.run(
                "read the journal",
                handle -> handle.createQuery("SELECT * FROM decisions ORDER BY id DESC LIMIT :most")
                        .bind("most", most)
                        .map((row, _) -> new Entry(
                                Instant.ofEpochMilli(row.getLong("decided")),
                                row.getString("uid"),
                                row.getString("operation"),
                                row.getString("subject"),
                                row.getString("namespace"),
                                row.getString("asked_by"),
                                row.getString("outcome"),
                                row.getString("mode"),
                                row.getString("message")))
                        .list());
    }

    /** Drops what was decided before that time, and of the rest all but the newest; answers how many it dropped. */
    public int prune(Instant before, int most) throws IOException {
        return connections.run("prune the journal", handle -> {
            int old = handle.createUpdate("DELETE FROM decisions WHERE decided < :before")
                    .bind("before", before.toEpochMilli())
                    .execute();
            return old
                    + handle.createUpdate(
                                    "DELETE FROM decisions WHERE id <= (SELECT COALESCE(MAX(id), 0) - :most FROM decisions)")
                            .bind("most", most)
                            .execute();
        });
    }
}
