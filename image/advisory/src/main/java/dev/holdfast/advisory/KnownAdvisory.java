package dev.holdfast.advisory;

import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.Rating;
import java.util.List;

/**
 * What all sources together say of one identifier.
 *
 * @param id the identifier asked for
 * @param kind what sort of thing it tells of
 * @param aliases every identifier of the same flaw over all sources, transitively, sorted, without {@code id} itself
 * @param bundled the flaws a bulletin closes together
 * @param published earliest day any source gives, empty when unknown
 * @param modified latest day, empty when unknown
 * @param withdrawn whether every source that describes it took it back
 * @param ratings every severity, with who gave it, over the whole alias class
 * @param weaknesses {@code CWE-…}
 */
public record KnownAdvisory(
        String id,
        Kind kind,
        List<String> aliases,
        List<String> bundled,
        String published,
        String modified,
        boolean withdrawn,
        List<Rating> ratings,
        List<String> weaknesses) {
    public KnownAdvisory {
        aliases = List.copyOf(aliases);
        bundled = List.copyOf(bundled);
        ratings = List.copyOf(ratings);
        weaknesses = List.copyOf(weaknesses);
    }
}
