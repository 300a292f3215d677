package dev.holdfast.version;

/** The order of one ecosystem's versions, as a way to write keys. Implementations hold no state. */
interface VersionOrder {
    /**
     * Writes the key of a version that is not empty and at most {@link Scheme#MAX_LENGTH} characters long; false, with nothing of use
     * written, when the ecosystem does not allow it. Never throws.
     */
    boolean encode(String version, KeyWriter out);

    /** What the ecosystem allows, to end the sentence "expected …". */
    String rule();

    /** Whether the version behind the key is one that the ecosystem's ranges leave out unless asked for. */
    default boolean isPrerelease(VersionKey key) {
        return false;
    }
}
