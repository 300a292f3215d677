package dev.holdfast.secrets.place;

import java.util.Arrays;

/**
 * Parts of paths, each beginning with a slash, sorted by what follows it: a path is long, its slashes are few, and it is asked for in every
 * entry of every archive.
 */
final class Folders {
    private static final String[] NONE = {};

    private final String[][] byLetter = new String[128][];

    private Folders() {
        Arrays.fill(byLetter, NONE);
    }

    /** Parts of ASCII that begin with a slash and have more than it. */
    static Folders of(String... parts) {
        Folders folders = new Folders();
        for (String part : parts) {
            String[] same = folders.byLetter[part.charAt(1)];
            same = Arrays.copyOf(same, same.length + 1);
            same[same.length - 1] = part;
            folders.byLetter[part.charAt(1)] = same;
        }
        return folders;
    }

    /** Whether any of them stands in the path. */
    boolean isIn(String path) {
        for (int at = path.indexOf('/'); at >= 0 && at + 1 < path.length(); at = path.indexOf('/', at + 1)) {
            char letter = path.charAt(at + 1);
            if (letter < 128) {
                for (String part : byLetter[letter]) {
                    if (path.startsWith(part, at)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
