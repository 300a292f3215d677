package dev.holdfast.inventory.npm;

/**
 * One package that a lock file names.
 *
 * @param place path from the lock file's folder, where the lock file tells it; else empty
 * @param alias the name it is installed under, when it is not its own; else empty
 * @param name its own name
 * @param version empty when unknown
 * @param development whether only development needs it; one that an optional dependency needs too may be installed anywhere
 * @param line where it stands
 */
record Locked(String place, String alias, String name, String version, boolean development, int line) {
    /** A package by its own name, of which no more is told. */
    static Locked of(String name, String version, int line) {
        return new Locked("", "", name, version, false, line);
    }

    /** The name in {@code name@rest} or {@code @scope/name@rest}; the whole when there is no rest. */
    static String nameIn(String identifier) {
        int at = identifier.indexOf('@', 1);
        return at < 0 ? identifier : identifier.substring(0, at);
    }

    /** The rest in {@code name@rest}; empty when there is none. */
    static String restOf(String identifier) {
        int at = identifier.indexOf('@', 1);
        return at < 0 ? "" : identifier.substring(at + 1);
    }

    /** Whether a text is a version rather than an address, a path or a range. */
    static boolean isVersion(String text) {
        return !text.isEmpty() && Character.isDigit(text.charAt(0)) && text.indexOf('/') < 0 && text.indexOf(':') < 0;
    }
}
