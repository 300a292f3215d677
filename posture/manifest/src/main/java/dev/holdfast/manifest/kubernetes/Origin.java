package dev.holdfast.manifest.kubernetes;

/**
 * Where something is written.
 *
 * @param file the path as given; {@code -} is standard input; {@link #BUILT_IN} for what every server knows
 * @param line from 1; 0 when it is not written anywhere
 */
public record Origin(String file, int line) {
    /** What every API server has, also where no file says so. */
    public static final Origin BUILT_IN = new Origin("built in", 0);

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
