package dev.holdfast.advisory;

import dev.holdfast.core.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What to build a base from.
 *
 * @param feeds a folder of feeds, archives or both, or one such file
 * @param output the file to write; what stands there is replaced when the new one is whole
 * @param excluded globs over relative paths; what matches is not looked at
 * @param without names of sources to leave out
 * @param limits budgets for reading
 */
public record BuildRequest(Path feeds, Path output, List<String> excluded, Set<String> without, Limits limits) {
    public BuildRequest {
        excluded = List.copyOf(excluded);
        without = Set.copyOf(without);
    }

    /** Everything in a folder, within the default limits. */
    public static BuildRequest of(Path feeds, Path output) {
        return new BuildRequest(feeds, output, List.of(), Set.of(), Limits.DEFAULT);
    }
}
