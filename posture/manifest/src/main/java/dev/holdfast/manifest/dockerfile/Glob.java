package dev.holdfast.manifest.dockerfile;

/** Matches the patterns of {@code ${name#glob}}: {@code *} and {@code ?}, by the set of states, so that no pattern costs more than its length. */
final class Glob {
    private Glob() {}

    /** How long the shortest or longest start of the text is that fits; -1 when none does. */
    static int prefix(String glob, String text, boolean isLongest) {
        return prefix(glob, text, 0, isLongest);
    }

    private static int prefix(String glob, String text, int from, boolean isLongest) {
        boolean[] states = new boolean[glob.length() + 1];
        states[0] = true;
        skipStars(glob, states);
        int found = -1;
        for (int length = 0; from + length <= text.length(); length++) {
            if (states[glob.length()]) {
                found = length;
                if (!isLongest) {
                    return found;
                }
            }
            if (from + length == text.length()) {
                break;
            }
            states = advance(glob, states, text.charAt(from + length));
        }
        return found;
    }

    private static boolean[] advance(String glob, boolean[] states, char one) {
        boolean[] next = new boolean[states.length];
        for (int i = 0; i < glob.length(); i++) {
            if (!states[i]) {
                continue;
            }
            char wanted = glob.charAt(i);
            if (wanted == '*') {
                next[i] = true;
            } else if (wanted == '?' || wanted == one) {
                next[i + 1] = true;
            }
        }
        skipStars(glob, next);
        return next;
    }

    private static void skipStars(String glob, boolean[] states) {
        for (int i = 0; i < glob.length(); i++) {
            states[i + 1] |= states[i] && glob.charAt(i) == '*';
        }
    }

    /** Where the shortest or longest end of the text begins that fits; its length when none does. */
    static int suffixStart(String glob, String text, boolean isLongest) {
        String backwards = new StringBuilder(text).reverse().toString();
        int length = prefix(new StringBuilder(glob).reverse().toString(), backwards, isLongest);
        return text.length() - Math.max(0, length);
    }

    /** The text with the first, or with every longest part that fits replaced. */
    static String replace(String glob, String text, String by, boolean isEvery) {
        if (glob.isEmpty() || text.length() > 4_096) {
            return text; // the longest honest values have some hundred characters; each start costs a whole pass
        }
        StringBuilder result = new StringBuilder();
        int at = 0;
        boolean isDone = false;
        while (at < text.length()) {
            int length = isDone ? -1 : prefix(glob, text, at, true);
            if (length > 0) {
                result.append(by);
                at += length;
                isDone = !isEvery;
            } else {
                result.append(text.charAt(at));
                at++;
            }
        }
        return result.toString();
    }
}
