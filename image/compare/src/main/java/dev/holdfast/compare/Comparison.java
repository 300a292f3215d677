package dev.holdfast.compare;

import dev.holdfast.core.Severity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Our answer beside one report of another tool.
 *
 * @param file their report
 * @param tool who wrote it
 * @param subject what it says that it is about
 * @param warning why the two may not be about the same image; empty when nothing speaks against it
 * @param ours how many findings we have
 * @param theirs how many they have, without those that they set aside
 * @param rows one for each flaw in a package; by side, cause, flaw, package
 */
public record Comparison(
        String file, String tool, String subject, String warning, int ours, int theirs, List<Row> rows) {
    public Comparison {
        rows = List.copyOf(rows);
    }

    /**
     * One flaw in one package.
     *
     * @param id the flaw
     * @param packageName as we name it where we know it, else as they do
     * @param version likewise
     * @param cause who reports it, and why the other does not
     * @param reason the proof, in a clause
     * @param proof what was weighed, a line each
     * @param ourSeverity where we report it
     * @param theirSeverity where they report it
     * @param line where in their report; 0 when it is not there
     */
    public record Row(
            String id,
            String packageName,
            String version,
            Cause cause,
            String reason,
            List<String> proof,
            Optional<Severity> ourSeverity,
            Optional<Severity> theirSeverity,
            int line)
            implements Comparable<Row> {
        public Row {
            proof = List.copyOf(proof);
        }

        @Override
        public int compareTo(Row other) {
            int order = cause.compareTo(other.cause);
            order = order != 0 ? order : id.compareTo(other.id);
            order = order != 0 ? order : packageName.compareTo(other.packageName);
            order = order != 0 ? order : version.compareTo(other.version);
            return order != 0 ? order : Integer.compare(line, other.line);
        }
    }

    public long count(Cause.Side side) {
        return rows.stream().filter(row -> row.cause().side() == side).count();
    }

    /** How many rows each cause has, those without any left out. */
    public Map<Cause, Integer> causes() {
        Map<Cause, Integer> counts = new EnumMap<>(Cause.class);
        rows.forEach(row -> counts.merge(row.cause(), 1, Integer::sum));
        return counts;
    }

    /** How many both report with different severities. */
    public long otherSeverities() {
        return rows.stream()
                .filter(row -> row.ourSeverity().isPresent()
                        && row.theirSeverity().isPresent()
                        && !row.ourSeverity().equals(row.theirSeverity()))
                .count();
    }
}
