package dev.holdfast.advisory.fact;

import java.util.List;

/**
 * What an identifier stands for.
 *
 * @param id as published: {@code CVE-2021-44228}, {@code GHSA-…}, {@code DSA-5343-1}, …
 * @param kind what sort of thing it tells of
 * @param aliases other identifiers of the very same flaw; {@code related} ones and the CVEs that a distribution's bulletin bundles are
 *     not aliases
 * @param bundled identifiers of the flaws that a bulletin (DSA, ALSA, USN, RHSA, …) closes together; empty for a single flaw
 * @param published day, {@code YYYY-MM-DD}, empty when unknown
 * @param modified day, empty when unknown
 * @param withdrawn whether the publisher took it back or rejected it; it stays in the base so that {@code explain} can say so
 * @param ratings every severity that somebody gave, none chosen
 * @param weaknesses {@code CWE-…} identifiers
 */
public record Advisory(
        String id,
        Kind kind,
        List<String> aliases,
        List<String> bundled,
        String published,
        String modified,
        boolean withdrawn,
        List<Rating> ratings,
        List<String> weaknesses) {

    public Advisory {
        aliases = List.copyOf(aliases);
        bundled = List.copyOf(bundled);
        ratings = List.copyOf(ratings);
        weaknesses = List.copyOf(weaknesses);
    }

    /** The sorts of advisory. Only the first two are findings by default. */
    public enum Kind {
        VULNERABILITY,
        MALWARE,
        UNMAINTAINED,
        UNSOUND,
        NOTICE
    }
}
