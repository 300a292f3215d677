package dev.holdfast.check;

import dev.holdfast.core.text.UnifiedDiff;
import java.util.ArrayList;
import java.util.List;

/**
 * A file with its weaknesses removed as far as a program can.
 *
 * @param path the file, as the target names it
 * @param before its text as it was
 * @param after its text as it is to be
 * @param removed how many findings are gone, as the check of the new text proved
 */
public record Mended(String path, String before, String after, int removed) {
    /** How far apart two texts may run before they are called different to the end. */
    private static final int LOOK_AHEAD = 400;

    /** The change as a unified diff. */
    public String diff() {
        UnifiedDiff diff = new UnifiedDiff(path, before);
        List<String> old = diff.lines();
        List<String> now = new ArrayList<>(List.of(after.split("\n", -1)));
        if (now.getLast().isEmpty()) {
            now.removeLast();
        }
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                i++;
                j++;
                continue;
            }
            int[] next = meeting(old, now, i, j);
            diff.replace(
                    i,
                    next[0] - i,
                    now.subList(j, next[1]).stream().map(Mended::bare).toList());
            i = next[0];
            j = next[1];
        }
        return diff.toString();
    }

    /** The line ends of new lines are the diff's own business. */
    private static String bare(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** Where the two texts meet again: the nearest pair of lines that are equal. */
    private static int[] meeting(List<String> old, List<String> now, int i, int j) {
        for (int apart = 1; apart <= LOOK_AHEAD; apart++) {
            for (int gone = 0; gone <= apart; gone++) {
                int a = i + gone;
                int b = j + apart - gone;
                if (a < old.size() && b < now.size() && old.get(a).equals(now.get(b))) {
                    return new int[] {a, b};
                }
            }
        }
        return new int[] {old.size(), now.size()};
    }
}
