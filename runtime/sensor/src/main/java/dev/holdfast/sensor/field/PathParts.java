package dev.holdfast.sensor.field;

import java.util.Arrays;

/**
 * Folder and name of paths. The same paths come again and again, so the parts of some are kept in a table of fixed size, where a newcomer
 * replaces the one that it meets. Owned by one thread.
 */
final class PathParts {
    /** At most 1,024 paths with their parts; longer ones than {@value #KEPT_LENGTH} are not kept. */
    private static final int ENTRIES = 1_024;

    private static final int KEPT_LENGTH = 256;

    private record Parts(String path, String folder, String name) {}

    private static final Parts NONE = new Parts("", "", "");

    private final Parts[] kept = new Parts[ENTRIES];
    private Parts current = NONE;

    PathParts() {
        Arrays.fill(kept, NONE);
    }

    /** Turns to a path. */
    void of(String path) {
        if (current.path.equals(path)) {
            return;
        }
        int hash = path.hashCode();
        int slot = (hash ^ hash >>> 16) & ENTRIES - 1;
        current = kept[slot];
        if (!current.path.equals(path)) {
            current = new Parts(path, Paths.folder(path), Paths.name(path));
            if (path.length() <= KEPT_LENGTH) {
                kept[slot] = current;
            }
        }
    }

    String folder() {
        return current.folder;
    }

    String name() {
        return current.name;
    }
}
