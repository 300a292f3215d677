package dev.holdfast.scan.exemption;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody may have meant to write: the candidate at the smallest edit distance (Levenshtein 1966), when that is at most two. */
public final class Nearest {
    private static final int MOST_EDITS = 2;

    private Nearest() {}

    public static Optional<String> of(String written, Collection<String> candidates) {
        return of(written, candidates, MOST_EDITS);
    }

    /** The closest of all, however far. */
    public static Optional<String> closest(String written, Collection<String> candidates) {
        return of(written, candidates, Integer.MAX_VALUE - 1);
    }

    /** @param most edits that still count as near */
    public static Optional<String> of(String written, Collection<String> candidates, int most) {
        Optional<String> nearest = Optional.empty();
        int least = most + 1;
        for (String candidate : candidates) {
            int distance = distance(written, candidate, most);
            if (distance < least) {
                least = distance;
                nearest = Optional.of(candidate);
            }
        }
        return nearest;
    }

    private static int distance(String one, String other, int most) {
        if (Math.abs(one.length() - other.length()) > most) {
            return most + 1;
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
