package dev.holdfast.comply;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A framework and its clauses, in the framework's order. The clauses are a resource of tab-separated lines: id, "proof",
 * "support" or "none", what the clause asks in our words, and for "none" why no evidence of ours can speak to it. Lines
 * that begin with {@code #} hold the title and a note.
 *
 * @param name the word on the command line
 * @param title its name and version
 * @param note what a reader should know of numbers and mapping
 */
public record Framework(Name name, String title, String note, List<Clause> clauses) {

    /** The frameworks that we know. */
    public enum Name {
        CIS_DOCKER,
        CIS_K8S,
        NSA,
        PSS,
        NIST_800_190,
        PCI_DSS,
        HIPAA,
        GDPR;

        /** As it is written on the command line. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Name> of(String word) {
            return Arrays.stream(values())
                    .filter(name -> name.word().equals(word))
                    .findFirst();
        }
    }

    /** How far evidence can go. */
    public enum Reach {
        /** A technical clause: checks that all pass over the given inputs prove it for them. */
        PROOF,
        /** A clause that asks for more than a file can show: passing checks support it. */
        SUPPORT,
        /** Nothing that we see speaks to it. */
        NONE
    }

    /**
     * A clause.
     *
     * @param id its number in the framework
     * @param text what it asks, in our words
     * @param reason why nothing of ours can speak to it; empty when something can
     */
    public record Clause(String id, Reach reach, String text, String reason) {}

    public Framework {
        clauses = List.copyOf(clauses);
    }

    /** Reads the framework from the program's own resources. */
    public static Framework of(Name name) {
        try (InputStream in = Framework.class.getResourceAsStream(name.word() + ".tsv")) {
            if (in == null) {
                throw new IllegalStateException("no clauses of " + name.word());
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Framework parse(Name name, String text) {
        String title = "";
        String note = "";
        List<Clause> clauses = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split("\t", -1);
            if (words[0].equals("# title")) {
                title = words[1];
            } else if (words[0].equals("# note")) {
                note = words[1];
            } else {
                Reach reach = Reach.valueOf(words[1].toUpperCase(Locale.ROOT));
                clauses.add(new Clause(words[0], reach, words[2], reach == Reach.NONE ? words[3] : ""));
            }
        }
        return new Framework(name, title, note, clauses);
    }
}
