package dev.holdfast.rules.text;

import java.util.Collection;
import java.util.Optional;

/** Finds the name that somebody probably meant who wrote one that is not there. */
public final class Nearest {
    /** Two letters that are wrong, missing, too many, or a pair that is exchanged; more is another word. */
    private static final int FARTHEST = 2;

    private static final int SHORTEST = 3;
    private static final int LONGEST = 100;

    private Nearest() {}

    /** The name that is nearest, the first of equals; empty when none is near. */
    public static Optional<String> of(String wrong, Collection<String> names) {
        if (wrong.length() < SHORTEST || wrong.length() > LONGEST) {
            return Optional.empty();
        }
        Optional<String> nearest = Optional.empty();
        int least = Math.min(FARTHEST, wrong.length() / 3) + 1;
        for (String name : names) {
            if (Math.abs(name.length() - wrong.length()) < least) {
                int distance = distance(wrong, name);
                if (distance < least) {
                    least = distance;
                    nearest = Optional.of(name);
                }
            }
        }
        return nearest;
    }

    /** The same as a part of a sentence; empty when none is near. */
    public static String hint(String wrong, Collection<String> names) {
        return of(wrong, names).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /** Optimal string alignment. */
    private static int distance(String one, String other) {
        int[][] rows = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            rows[i][0] = i;
        }
        for (int j = 0; j <= other.length(); j++) {
            rows[0][j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            for (int j = 1; j <= other.length(); j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                int best = Math.min(Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1), rows[i - 1][j - 1] + change);
                boolean isSwap = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                rows[i][j] = isSwap ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
            }
        }
        return rows[one.length()][other.length()];
    }
}
