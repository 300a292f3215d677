package dev.holdfast.core;

/**
 * The hard budgets of reading hostile input. Every parser takes them; reaching one is an {@link InputException} with code {@code LIMIT}
 * or a {@link Gap}, never a silent cut.
 *
 * @param entries how many entries (files) one archive or one merged tree may hold
 * @param totalBytes how many uncompressed bytes one target may unfold to
 * @param fileBytes how many bytes of one file are read into memory at most
 * @param ratio how many times larger a compressed stream may unfold; a bomb is far above what honest data reaches
 * @param depth how deep archives, JSON or YAML may nest, and how many links a path may pass through
 * @param lineBytes how long one line of a text database may be
 * @param pathBytes how long one path may be
 */
public record Limits(
        long entries, long totalBytes, long fileBytes, int ratio, int depth, int lineBytes, int pathBytes) {

    /**
     * What a large honest image needs, with room: 5 million entries (the largest seen in public reports has 3), 256 GiB unfolded,
     * 512 MiB a file in memory, ratio 1,100 (deflate's own ceiling is 1,032), 64 levels, 1 MiB a line, 4,096 bytes a path (PATH_MAX).
     */
    public static final Limits DEFAULT = new Limits(5_000_000, 256L << 30, 512L << 20, 1_100, 64, 1 << 20, 4_096);

    public Limits {
        if (entries < 1
                || totalBytes < 1
                || fileBytes < 1
                || ratio < 1
                || depth < 1
                || lineBytes < 1
                || pathBytes < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }

    public Limits withEntries(long most) {
        return new Limits(most, totalBytes, fileBytes, ratio, depth, lineBytes, pathBytes);
    }

    public Limits withTotalBytes(long most) {
        return new Limits(entries, most, fileBytes, ratio, depth, lineBytes, pathBytes);
    }

    public Limits withFileBytes(long most) {
        return new Limits(entries, totalBytes, most, ratio, depth, lineBytes, pathBytes);
    }

    public Limits withDepth(int most) {
        return new Limits(entries, totalBytes, fileBytes, ratio, most, lineBytes, pathBytes);
    }

    public Limits withRatio(int most) {
        return new Limits(entries, totalBytes, fileBytes, most, depth, lineBytes, pathBytes);
    }
}
