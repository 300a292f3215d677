package dev.holdfast.manifest.dockerfile;

import java.util.Locale;
import java.util.Optional;

/** Guesses the instruction that a misspelt one was meant to be: the only one within two slips of the pen. */
final class Spelling {
    /** The longest keyword has eleven letters. */
    private static final int LONGEST = 13;

    private Spelling() {}

    static Optional<Keyword> nearest(String word) {
        if (word.length() < 2 || word.length() > LONGEST) {
            return Optional.empty();
        }
        String upper = word.toUpperCase(Locale.ROOT);
        Keyword best = null;
        int least = Math.min(2, word.length() / 2) + 1;
        for (Keyword keyword : Keyword.values()) {
            int slips = slips(upper, keyword.name());
            if (slips < least) {
                best = keyword;
                least = slips;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Levenshtein's distance. */
    private static int slips(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
