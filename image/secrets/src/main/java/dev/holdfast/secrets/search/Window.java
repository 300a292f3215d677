package dev.holdfast.secrets.search;

import dev.holdfast.core.Severity;
import dev.holdfast.secrets.catalogue.Kind;
import dev.holdfast.secrets.place.Origin;
import dev.holdfast.secrets.place.Sort;
import dev.holdfast.secrets.sense.Samples;
import java.nio.charset.StandardCharsets;

/**
 * The part of a file that is looked at, whose file it is, and what was found in the file so far. The fields are read in the innermost
 * loops; only {@link Sweep} moves them. Owned by one thread.
 */
final class Window {
    final Findings findings = new Findings();

    String path = "";
    Origin origin = Origin.CONFIGURATION;

    byte[] bytes = new byte[0];

    /** Where the window with its context begins and ends in {@link #bytes}. */
    int low;

    int high;

    private long base;
    private int linesBefore;

    /** The next file begins. */
    void begin(String nextPath, Origin nextOrigin) {
        path = nextPath;
        origin = nextOrigin;
        findings.clear();
    }

    /**
     * The next part of the file.
     *
     * @param position where {@code first} stands in the file
     * @param lines how many line ends stand before {@code first}
     */
    void move(byte[] text, int first, int end, long position, int lines) {
        bytes = text;
        low = first;
        high = end;
        base = position - first;
        linesBefore = lines;
    }

    /** Adds a value of a kind, with the kind's own proof unless it is published as a sample. */
    void add(Found.Rank rank, Kind kind, int from, int to, String value, String published) {
        boolean isSample = !published.isEmpty();
        add(
                rank,
                kind.id(),
                kind.title(),
                kind.severity(),
                from,
                to,
                value,
                isSample ? published : kind.proof().clause(),
                isSample);
    }

    /** Adds a value that stands from {@code from} to {@code to}. */
    void add(
            Found.Rank rank,
            String kind,
            String title,
            Severity severity,
            int from,
            int to,
            String value,
            String proof,
            boolean isSample) {
        findings.add(
                new Found(rank, base + from, base + to, kind, title, severity, line(from), value, proof, isSample));
    }

    /** Adds what was found in the file as a whole. */
    void addWhole(String kind, String title, Severity severity, String value, String proof) {
        String published = Samples.where(value);
        boolean isSample = !published.isEmpty();
        String clause = isSample ? published : proof;
        findings.add(
                new Found(Found.Rank.STRUCTURE, 0, Long.MAX_VALUE, kind, title, severity, 0, value, clause, isSample));
    }

    /** Adds what stands at a place of the window that was looked at last. */
    void addPart(String kind, String title, int from, int to, String proof) {
        add(Found.Rank.STRUCTURE, kind, title, Severity.HIGH, from, to, text(from, to), proof, false);
    }

    private int line(int at) {
        if (origin.sort() == Sort.BINARY || origin.sort() == Sort.CONSTANTS) {
            return 0;
        }
        return linesBefore + 1 + count(bytes, low, at);
    }

    /** How many line ends there are. */
    static int count(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += bytes[i] == '\n' ? 1 : 0;
        }
        return count;
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Whether the byte may stand in a word. */
    static boolean isWord(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_';
    }
}
