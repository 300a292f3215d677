package dev.holdfast.advisory;

import dev.holdfast.core.Digest;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a build gave, and what it could not use.
 *
 * @param digest of the new base
 * @param bytes its size
 * @param sources its layers
 * @param filesRead how many files each feed read
 * @param unrecognised files that no importer knows, such as read-me files, sorted
 * @param broken files that could not be read or not to their end, with the reason
 * @param dropped examples of records that could not be used, with source, place and reason; how many there were in all stands with each
 *     source
 */
public record BuildReport(
        Digest digest,
        long bytes,
        List<Source> sources,
        SortedMap<String, Integer> filesRead,
        List<String> unrecognised,
        SortedMap<String, String> broken,
        List<String> dropped) {
    public BuildReport {
        sources = List.copyOf(sources);
        filesRead = Collections.unmodifiableSortedMap(new TreeMap<>(filesRead));
        unrecognised = List.copyOf(unrecognised);
        broken = Collections.unmodifiableSortedMap(new TreeMap<>(broken));
        dropped = List.copyOf(dropped);
    }
}
