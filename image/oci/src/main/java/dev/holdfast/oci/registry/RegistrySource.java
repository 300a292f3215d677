package dev.holdfast.oci.registry;

/**
 * A place that may have an image: the registry that its name says, one that stands for it, or a mirror.
 *
 * @param host with the port where there is one
 * @param repository as this place calls it
 * @param isPlain whether it is asked without TLS
 * @param pull which requests it may answer
 */
record RegistrySource(String host, String repository, boolean isPlain, Pull pull) {
    /** What a mirror may decide. */
    enum Pull {
        ALL,
        /** Content by digest only: what a tag stands for, somebody else says. */
        DIGESTS,
        TAGS
    }

    boolean answers(boolean isByDigest) {
        return switch (pull) {
            case ALL -> true;
            case DIGESTS -> isByDigest;
            case TAGS -> !isByDigest;
        };
    }
}
