package dev.holdfast.secrets.unfold;

/** The ways in which files lie inside a file, told by its first bytes, and where those are too short by its path. */
public enum Fold {
    NONE,
    ZIP,
    GIT_PACK,
    TAR,
    GIT_OBJECT,
    GZIP;

    /** How the file of this path and beginning is folded. */
    public static Fold of(String path, byte[] head, int length) {
        if (ZipFlow.begins(head, length)) {
            return ZIP;
        }
        if (PackFlow.begins(head, length) && path.contains("/pack/")) {
            return GIT_PACK;
        }
        if (TarFlow.begins(head, length)) {
            return TAR;
        }
        if (Deflated.isGitObject(path, head, length)) {
            return GIT_OBJECT;
        }
        return Deflated.gzipHeader(head, length) >= 0 ? GZIP : NONE;
    }
}
