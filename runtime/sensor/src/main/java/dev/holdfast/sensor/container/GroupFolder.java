package dev.holdfast.sensor.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a control group lies.
 *
 * @param folder in the file system
 * @param path in its hierarchy
 */
record GroupFolder(Path folder, String path) {
    /** Whether this group holds the one at a path, or is it. */
    boolean holds(String other) {
        return other.equals(path) || other.startsWith(path + "/");
    }

    /**
     * Whether what a file says may be told of it. Whoever was given groups of his own, as every user of a desktop is, may make some of any name, and
     * is believed only what he has written himself.
     */
    boolean mayBeToldBy(Path file) {
        try {
            Object maker = Files.getAttribute(folder.resolveSibling("."), "unix:uid");
            return maker.equals(0) || maker.equals(Files.getAttribute(file, "unix:uid"));
        } catch (IOException | UnsupportedOperationException gone) {
            return true; // a group that has ended, of which events are still told, or one of a file system without
            // owners
        }
    }
}
