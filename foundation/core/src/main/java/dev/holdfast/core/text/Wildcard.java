package dev.holdfast.core.text;

/**
 * A pattern with stars. {@code *} stands for any characters but {@code /}, {@code **} for any. Matching takes time proportional to pattern
 * times text, whatever they hold.
 */
public final class Wildcard {
    private Wildcard() {}

    public static boolean matches(String pattern, String text) {
        // reachable[j]: the pattern up to here matches the first j characters.
        boolean[] reachable = new boolean[text.length() + 1];
        reachable[0] = true;
        for (int i = 0; i < pattern.length(); i++) {
            boolean[] next = new boolean[text.length() + 1];
            if (pattern.charAt(i) == '*') {
                boolean isDeep = i + 1 < pattern.length() && pattern.charAt(i + 1) == '*';
                i += isDeep ? 1 : 0;
                for (int j = 0; j <= text.length(); j++) {
                    boolean isExtended = j > 0 && next[j - 1] && (isDeep || text.charAt(j - 1) != '/');
                    next[j] = reachable[j] || isExtended;
                }
            } else {
                for (int j = 1; j <= text.length(); j++) {
                    next[j] = reachable[j - 1] && pattern.charAt(i) == text.charAt(j - 1);
                }
            }
            reachable = next;
        }
        return reachable[text.length()];
    }
}
