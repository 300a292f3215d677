package dev.holdfast.manifest.helm;

import java.nio.file.Path;
import java.util.List;

/**
 * The values that whoever installs a chart gives.
 *
 * @param files files of values; a later one counts more
 * @param sets single values as {@code --set} takes them; they count more than files
 */
public record GivenValues(List<Path> files, List<String> sets) {
    /** The chart's own values only. */
    public static final GivenValues NONE = new GivenValues(List.of(), List.of());

    public GivenValues {
        files = List.copyOf(files);
        sets = List.copyOf(sets);
    }
}
