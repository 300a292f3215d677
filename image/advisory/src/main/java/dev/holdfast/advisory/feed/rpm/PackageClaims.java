package dev.holdfast.advisory.feed.rpm;

import dev.holdfast.advisory.fact.FactSink;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Status;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Joins what a feed repeats for every architecture and repository into one statement.
 *
 * <p>A statement is narrowed to architectures only when it leaves out one that matters: with {@code noarch}, or with both
 * {@code x86_64} and {@code aarch64}, it is said of all. The architecture {@code src} means that the package name is that of the
 * <em>source</em> package; where the same verdict also names binary packages, these count and the source is left out. Packages of
 * debugging symbols ({@code -debuginfo}, {@code -debugsource}) hold no code that runs and are left out, too.
 */
public final class PackageClaims {
    private static final String SOURCE = "src";

    private final Map<Statement, Set<String>> claims = new LinkedHashMap<>();

    /**
     * Takes a statement without architectures.
     *
     * @param architecture the one it is said of; empty: all
     */
    public void add(Statement statement, String architecture) {
        String name = statement.packageName();
        if (!name.endsWith("-debuginfo") && !name.endsWith("-debugsource")) {
            claims.computeIfAbsent(statement, any -> new TreeSet<>()).add(architecture);
        }
    }

    /** Hands over all statements. */
    public void state(FactSink facts) {
        Set<Verdict> ofBinaries = new HashSet<>();
        for (Map.Entry<Statement, Set<String>> claim : claims.entrySet()) {
            if (!claim.getValue().equals(Set.of(SOURCE))) {
                ofBinaries.add(Verdict.of(claim.getKey()));
            }
        }
        for (Map.Entry<Statement, Set<String>> claim : claims.entrySet()) {
            boolean isSource = claim.getValue().equals(Set.of(SOURCE));
            if (!isSource || !ofBinaries.contains(Verdict.of(claim.getKey()))) {
                facts.accept(narrowed(claim.getKey(), claim.getValue()));
            }
        }
    }

    private static Statement narrowed(Statement statement, Set<String> architectures) {
        boolean ofAll = architectures.contains("")
                || architectures.contains("noarch")
                || architectures.contains("x86_64") && architectures.contains("aarch64");
        if (ofAll) {
            return statement;
        }
        Set<String> named = new TreeSet<>(architectures);
        if (named.size() > 1) {
            named.remove(SOURCE);
        }
        Qualifiers before = statement.qualifiers();
        return new Statement(
                statement.advisory(),
                statement.namespace(),
                statement.packageName(),
                statement.status(),
                statement.ranges(),
                statement.versions(),
                statement.fixedIn(),
                new Qualifiers(before.module(), List.copyOf(named), before.repository()),
                statement.rating());
    }

    private record Verdict(String advisory, String namespace, Status status, String module) {
        static Verdict of(Statement statement) {
            return new Verdict(
                    statement.advisory(),
                    statement.namespace(),
                    statement.status(),
                    statement.qualifiers().module());
        }
    }
}
