package dev.holdfast.scan;

import dev.holdfast.advisory.Source;
import dev.holdfast.core.Digest;
import java.time.LocalDate;
import java.util.List;

/**
 * What answers are based on beside the target's bytes.
 *
 * @param asOf the day the answer is for
 * @param database digest of the advisory base
 * @param sources the base's layers, sorted by name
 */
public record Basis(LocalDate asOf, Digest database, List<Source> sources) {
    public Basis {
        sources = List.copyOf(sources);
    }
}
