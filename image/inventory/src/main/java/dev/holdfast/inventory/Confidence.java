package dev.holdfast.inventory;

import java.util.Locale;

/** How sure the name and version of a package are. */
public enum Confidence {
    /** A guess from a file name or the like. */
    LOW,
    /** Metadata that is usually right: a manifest's title, a lock file. */
    MEDIUM,
    /** The package manager's own record, or coordinates written by the build. */
    HIGH;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
