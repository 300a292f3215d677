package dev.holdfast.inventory.java;

/**
 * One Maven descriptor of an archive.
 *
 * @param entry its name in the archive
 * @param kind {@code pom.properties} or {@code pom.xml}
 * @param coordinates what it says; the artifact is known
 */
record Descriptor(String entry, String kind, Coordinates coordinates) {
    private static final String HOME = "META-INF/maven/";

    /** Whether it lies where Maven puts it; elsewhere it may be anybody's. */
    boolean isAtHome() {
        return entry.regionMatches(true, 0, HOME, 0, HOME.length());
    }

    /** The coordinates that the folder names, {@code META-INF/maven/GROUP/ARTIFACT/}; empty ones for any other folder. */
    static Coordinates ofFolder(String entry) {
        String[] segments = entry.split("/", -1);
        return entry.regionMatches(true, 0, HOME, 0, HOME.length()) && segments.length == 5
                ? new Coordinates(segments[2], segments[3], "")
                : new Coordinates("", "", "");
    }
}
