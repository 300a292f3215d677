package dev.holdfast.version;

/**
 * The form {@code [epoch:]version[-release]}. The key is the epoch, 0 where there is none, then the segments of the version and of the release;
 * where there is no release, a mark of zero stands for it.
 */
final class EpochedVersion {
    private static final int NO_RELEASE = 0;

    private EpochedVersion() {}

    /** How one ecosystem writes what stands between the hyphens. */
    interface Segments {
        void encode(String text, int from, int to, KeyWriter out);
    }

    /** False for a version that is nothing but an epoch. */
    static boolean encode(String version, Segments segments, KeyWriter out) {
        int digits = Ascii.endOfDigits(version, 0);
        boolean hasEpoch = digits < version.length() && version.charAt(digits) == ':';
        int start = hasEpoch ? digits + 1 : 0;
        if (start == version.length()) {
            return false;
        }
        int hyphen = version.lastIndexOf('-');
        boolean released = hyphen >= start;
        out.number(version, 0, hasEpoch ? digits : 0, 0);
        segments.encode(version, start, released ? hyphen : version.length(), out);
        if (released) {
            segments.encode(version, hyphen + 1, version.length(), out);
        } else {
            out.mark(NO_RELEASE);
        }
        return true;
    }
}
