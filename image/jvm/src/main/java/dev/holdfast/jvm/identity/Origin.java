package dev.holdfast.jvm.identity;

import java.util.List;

/**
 * Where a class comes from: every library of the base that has it, in which package and in which releases.
 *
 * @param parts one for each library and package, sorted by library
 */
record Origin(List<Part> parts) {
    /**
     * @param library number of the library
     * @param place number of the package in the library
     * @param runs pairs of first release and one past the last, ascending
     */
    record Part(int library, int place, List<Run> runs) {
        Part {
            runs = List.copyOf(runs);
        }
    }

    /** Releases from a number to below another. */
    record Run(int from, int to) {}

    Origin {
        parts = List.copyOf(parts);
    }
}
