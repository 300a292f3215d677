package dev.holdfast.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which clauses of a framework a rule speaks to. A resource of lines: the rule's id, then tab-separated {@code framework=clause,clause}. The
 * numbers of CIS, the Pod Security Standards and the NSA guidance are those documents' own; the others are mapped by theme, by us.
 */
public final class Clauses {
    private Clauses() {}

    /**
     * The clauses of a framework by rule.
     *
     * @param framework its word, as {@code cis-docker}
     */
    public static Map<String, List<String>> of(String framework) {
        String prefix = framework + "=";
        Map<String, List<String>> clauses = new TreeMap<>();
        for (String line : text().lines().toList()) {
            String[] words = line.split("\t", -1);
            for (String word : words) {
                if (word.startsWith(prefix)) {
                    clauses.put(
                            words[0], List.of(word.substring(prefix.length()).split(",", -1)));
                }
            }
        }
        return clauses;
    }

    /** The ids of the rules that have a line, those included that speak to no clause. */
    public static List<String> rules() {
        return text().lines().map(line -> line.split("\t", -1)[0]).toList();
    }

    private static String text() {
        try (InputStream in = Clauses.class.getResourceAsStream("clauses.tsv")) {
            if (in == null) {
                throw new IllegalStateException("the mapping of rules to clauses is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
