package dev.holdfast.store;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Scans that are wanted, one row for an image however often it is asked for. Whoever takes one has it for the time of a lease; when he dies
 * the next one gets it. Several servers may take at once: a row that another one is just looking at is passed over.
 *
 * <pre>
 *   waiting ──take──► leased ──done──► (gone)
 *      ▲  ▲             │
 *      │  └──failed─────┤   later and later: 1, 2, 4, … minutes
 *      │                ▼
 *      └──want, after─ dead      after the last attempt
 *           REST
 * </pre>
 */
public final class ScanQueue {
    /** A registry that is away for a quarter of an hour costs no image its scan. */
    static final int MOST_ATTEMPTS = 5;
    /** What nobody can scan is tried again when it is asked for after this time. */
    static final Duration REST = Duration.ofHours(6);
    /** Names of images come from whoever may make a pod: the queue is bounded. */
    static final int MOST_ROWS = 10_000;

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final int LONGEST_IMAGE = 1_000;
    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_PROBLEM = 1_000;

    private final Connections connections;

    ScanQueue(Connections connections) {
        this.connections = connections;
    }

    /** How many scans are in which state. */
    public record Depth(int waiting, int leased, int dead) {}

    /** Whether the image is now in the queue: it is not when the queue is full, or when it is known to be beyond scanning. */
    public boolean want(String image, String askedBy, Instant now) throws IOException {
        if (image.length() > LONGEST_IMAGE) {
            return false;
        }
        return connections.run("queue a scan", handle -> {
            Optional<String> state = handle.createQuery("SELECT state FROM scans WHERE image = :image")
                    .bind("image", image)
                    .mapTo(String.class)
                    .findOne();
            if (state.isPresent()) {
                return !state.get().equals("dead") || revived(handle, image, askedBy, now);
            }
            return handle.createUpdate(
                                    "INSERT INTO scans (image, state, asked_by, asked, attempts, due, lease, problem)"
                                            + " SELECT CAST(:image AS VARCHAR), 'waiting', CAST(:askedBy AS VARCHAR),"
                                            + " CAST(:now AS BIGINT), 0, CAST(:now AS BIGINT), '', ''"
                                            + " WHERE (SELECT COUNT(*) FROM scans) < :most")
                            .bind("image", Text.fitting(image, LONGEST_IMAGE))
                            .bind("askedBy", Text.fitting(askedBy, LONGEST_NAME))
                            .bind("now", now.toEpochMilli())
                            .bind("most", MOST_ROWS)
                            .execute()
                    > 0;
        });
    }

    private static boolean revived(Handle handle, String image, String askedBy, Instant now) {
        return handle.createUpdate(
                                "UPDATE scans SET state = 'waiting', attempts = 0, asked_by = :askedBy, asked = :now,"
                                        + " due = :now WHERE image = :image AND state = 'dead' AND due <= :now")
                        .bind("image", image)
                        .bind("askedBy", Text.fitting(askedBy, LONGEST_NAME))
                        .bind("now", now.toEpochMilli())
                        .execute()
                > 0;
    }

    /** The scan that waits longest, ours for the time of the lease; empty when none is due. */
    public Optional<WantedScan> take(Duration lease, Instant now) throws IOException {
        return connections.run("take a scan from the queue", handle -> {
            Optional<WantedScan> next = handle.createQuery("SELECT * FROM scans WHERE state IN ('waiting', 'leased')"
                            + " AND due <= :now ORDER BY due, image LIMIT 1 FOR UPDATE SKIP LOCKED")
                    .bind("now", now.toEpochMilli())
                    .map((row, _) -> scan(row))
                    .findOne();
            if (next.isEmpty()) {
                return next;
            }
            WantedScan scan = next.get();
            WantedScan ours = new WantedScan(
                    scan.image(),
                    scan.askedBy(),
                    scan.attempts() + 1,
                    UUID.randomUUID().toString(),
                    scan.asked(),
                    now.plus(lease),
                    scan.problem());
            handle.createUpdate("UPDATE scans SET state = 'leased', attempts = :attempts, lease = :lease, due = :due"
                            + " WHERE image = :image")
                    .bind("attempts", ours.attempts())
                    .bind("lease", ours.lease())
                    .bind("due", ours.due().toEpochMilli())
                    .bind("image", ours.image())
                    .execute();
            return Optional.of(ours);
        });
    }

    /** Whether it was still ours, and is now done. */
    public boolean done(WantedScan scan) throws IOException {
        return connections.run(
                "take a scan off the queue",
                handle -> handle.createUpdate("DELETE FROM scans WHERE image = :image AND lease = :lease")
                                .bind("image", scan.image())
                                .bind("lease", scan.lease())
                                .execute()
                        > 0);
    }

    /**
     * It could not be made. It is due again after a while, or dead after the last attempt.
     *
     * @param isHopeless whether trying again would end the same
     * @return whether it was still ours
     */
    public boolean failed(WantedScan scan, String problem, boolean isHopeless, Instant now) throws IOException {
        boolean isDead = isHopeless || scan.attempts() >= MOST_ATTEMPTS;
        Duration pause = isDead ? REST : FIRST_PAUSE.multipliedBy(1L << (scan.attempts() - 1));
        return connections.run(
                "put a scan back into the queue",
                handle -> handle.createUpdate(
                                        "UPDATE scans SET state = :state, due = :due, problem = :problem, lease = ''"
                                                + " WHERE image = :image AND lease = :lease")
                                .bind("state", isDead ? "dead" : "waiting")
                                .bind("due", now.plus(pause).toEpochMilli())
                                .bind("problem", Text.fitting(problem, LONGEST_PROBLEM))
                                .bind("image", scan.image())
                                .bind("lease", scan.lease())
                                .execute()
                        > 0);
    }

    /** Gives back what was taken and not begun: a server that ends. */
    public void giveBack(WantedScan scan, Instant now) throws IOException {
        connections.doing(
                "give a scan back",
                handle -> handle.createUpdate("UPDATE scans SET state = 'waiting', due = :now, attempts = :attempts,"
                                + " lease = '' WHERE image = :image AND lease = :lease")
                        .bind("now", now.toEpochMilli())
                        .bind("attempts", scan.attempts() - 1)
                        .bind("image", scan.image())
                        .bind("lease", scan.lease())
                        .execute());
    }

    public Depth depth() throws IOException {
        return connections.run(
                "count the queue",
                handle -> new Depth(count(handle, "waiting"), count(handle, "leased"), count(handle, "dead")));
    }

    private static int count(Handle handle, String state) {
        return handle.createQuery("SELECT COUNT(*) FROM scans WHERE state = :state")
                .bind("state", state)
                .mapTo(Integer.class)
                .one();
    }

    /** The scans that were given up, latest first. */
    public List<WantedScan> dead(int most) throws IOException {
        return connections.run(
                "read the scans that were given up",
                handle -> handle.createQuery(
                                "SELECT * FROM scans WHERE state = 'dead' ORDER BY due DESC, image LIMIT :most")
                        .bind("most", most)
                        .map((row, _) -> scan(row))
                        .list());
    }

    private static WantedScan scan(ResultSet row) throws SQLException {
        return new WantedScan(
                row.getString("image"),
                row.getString("asked_by"),
                row.getInt("attempts"),
                row.getString("lease"),
                Instant.ofEpochMilli(row.getLong("asked")),
                Instant.ofEpochMilli(row.getLong("due")),
                row.getString("problem"));
    }
}
