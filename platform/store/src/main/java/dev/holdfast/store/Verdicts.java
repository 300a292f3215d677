package dev.holdfast.store;

import dev.holdfast.core.Digest;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** What was found about images, by digest, and which digests names with a tag stood for. */
public final class Verdicts {
    private static final int LONGEST_SENTENCE = 1_000;
    private static final int LONGEST_NAME = 1_000;
    private static final int LONGEST_WORD = 200;

    private final Connections connections;

    Verdicts(Connections connections) {
        this.connections = connections;
    }

    /** A name with a tag, and what it stood for when somebody looked. */
    public record Named(String name, Digest digest, Instant seen) {}

    /**
     * Keeps verdicts, and the digest that a name stood for, in one transaction. An older verdict does not replace a newer one.
     *
     * @param named empty when the image was named by its digest
     */
    public void keep(List<Verdict> verdicts, List<Named> named, Instant now) throws IOException {
        connections.doing("keep a verdict", handle -> {
            for (Verdict verdict : verdicts) {
                keep(handle, verdict, now);
            }
            for (Named name : named) {
                keep(handle, name);
            }
        });
    }

    private static void keep(Handle handle, Verdict verdict, Instant now) {
        int changed = bind(
                        handle.createUpdate(
                                "UPDATE verdicts SET outcome = :outcome, sentence = :sentence, policy = :policy,"
                                        + " snapshot = :snapshot, reporter = :reporter, critical = :critical, high = :high,"
                                        + " medium = :medium, low = :low, others = :others, judged = :judged, expires = :expires,"
                                        + " written = :written WHERE digest = :digest AND judged <= :judged"),
                        verdict,
                        now)
                .execute();
        if (changed == 0 && find(handle, verdict.digest()).isEmpty()) {
            bind(
                            handle.createUpdate(
                                    "INSERT INTO verdicts (digest, outcome, sentence, policy, snapshot, reporter,"
                                            + " critical, high, medium, low, others, judged, expires, written) VALUES (:digest,"
                                            + " :outcome, :sentence, :policy, :snapshot, :reporter, :critical, :high, :medium, :low,"
                                            + " :others, :judged, :expires, :written)"),
                            verdict,
                            now)
                    .execute();
        }
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Verdict verdict, Instant now) {
        return statement
                .bind("digest", verdict.digest().toString())
                .bind("outcome", verdict.outcome().name().toLowerCase(Locale.ROOT))
                .bind("sentence", Text.fitting(verdict.sentence(), LONGEST_SENTENCE))
                .bind("policy", Text.fitting(verdict.policy(), LONGEST_WORD))
                .bind("snapshot", Text.fitting(verdict.snapshot(), LONGEST_WORD))
                .bind("reporter", Text.fitting(verdict.reporter(), LONGEST_WORD))
                .bind("critical", verdict.counts().critical())
                .bind("high", verdict.counts().high())
                .bind("medium", verdict.counts().medium())
                .bind("low", verdict.counts().low())
                .bind("others", verdict.counts().others())
                .bind("judged", verdict.judged().toEpochMilli())
                .bind("expires", verdict.expires().toEpochMilli())
                .bind("written", now.toEpochMilli());
    }

    private static void keep(Handle handle, Named named) {
        String name = Text.fitting(named.name(), LONGEST_NAME);
        int changed = handle.createUpdate(
                        "UPDATE names SET digest = :digest, seen = :seen WHERE name = :name AND seen <= :seen")
                .bind("digest", named.digest().toString())
                .bind("seen", named.seen().toEpochMilli())
                .bind("name", name)
                .execute();
        boolean isKnown = changed > 0
                || handle.createQuery("SELECT COUNT(*) FROM names WHERE name = :name")
                                .bind("name", name)
                                .mapTo(Integer.class)
                                .one()
                        > 0;
        if (!isKnown) {
            handle.execute(
                    "INSERT INTO names (name, digest, seen) VALUES (?, ?, ?)",
                    name,
                    named.digest().toString(),
                    named.seen().toEpochMilli());
        }
    }

    public Optional<Verdict> find(Digest digest) throws IOException {
        return connections.run("look up a verdict", handle -> find(handle, digest));
    }

    private static Optional<Verdict> find(Handle handle, Digest digest) {
        return handle.createQuery("SELECT * FROM verdicts WHERE digest = :digest")
                .bind("digest", digest.toString())
                .map((row, _) -> verdict(row))
                .findOne();
    }

    /** What was written since then, newest first. */
    public List<Verdict> writtenSince(Instant since, int most) throws IOException {
        return connections.run(
                "read the verdicts",
                handle -> handle.createQuery(
                                "SELECT * FROM verdicts WHERE written >= :since ORDER BY written DESC LIMIT :most")
                        .bind("since", since.toEpochMilli())
                        .bind("most", most)
                        .map((row, _) -> verdict(row))
                        .list());
    }

    /** Names that were seen since then, newest first. */
    public List<Named> namedSince(Instant since, int most) throws IOException {
        return connections.run(
                "read the names",
                handle -> handle.createQuery("SELECT * FROM names WHERE seen >= :since ORDER BY seen DESC LIMIT :most")
                        .bind("since", since.toEpochMilli())
                        .bind("most", most)
                        .map((row, _) -> new Named(
                                row.getString("name"), digest(row), Instant.ofEpochMilli(row.getLong("seen"))))
                        .list());
    }

    /** Drops what has said nothing since before that time; answers how many verdicts. */
    public int dropExpired(Instant before) throws IOException {
        return connections.run("drop old verdicts", handle -> {
            handle.createUpdate("DELETE FROM names WHERE seen < :before")
                    .bind("before", before.toEpochMilli())
                    .execute();
            return handle.createUpdate("DELETE FROM verdicts WHERE expires < :before")
                    .bind("before", before.toEpochMilli())
                    .execute();
        });
    }

    private static Verdict verdict(ResultSet row) throws SQLException {
        return new Verdict(
                digest(row),
                Verdict.Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                row.getString("sentence"),
                row.getString("policy"),
                row.getString("snapshot"),
                row.getString("reporter"),
                new Verdict.Counts(
                        row.getInt("critical"),
                        row.getInt("high"),
                        row.getInt("medium"),
                        row.getInt("low"),
                        row.getInt("others")),
                Instant.ofEpochMilli(row.getLong("judged")),
                Instant.ofEpochMilli(row.getLong("expires")));
    }

    private static Digest digest(ResultSet row) throws SQLException {
        String text = row.getString("digest");
        return Digest.parse(text).orElseThrow(() -> new SQLException("no digest in the table: " + text));
    }
}
