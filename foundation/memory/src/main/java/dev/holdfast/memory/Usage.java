package dev.holdfast.memory;

import dev.holdfast.core.ByteSize;
import java.util.Map;

/**
 * How much is remembered.
 *
 * @param entries how many facts
 * @param size of their files
 * @param byShelf the sizes of this program version's facts, by their sort
 * @param others how much of it other versions of the program wrote, which this one does not use
 */
public record Usage(long entries, ByteSize size, Map<Shelf, ByteSize> byShelf, ByteSize others) {
    public Usage {
        byShelf = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(byShelf));
    }
}
