package dev.holdfast.jvm.identity;

import java.util.List;
import java.util.Optional;

/**
 * A library that an archive's classes are.
 *
 * @param group Maven group id
 * @param artifact Maven artifact id
 * @param alternatives other libraries, {@code group:artifact}, that publish all of these classes just the same; mostly none
 * @param versions the releases that have every one of these classes, oldest first; when {@link #isKnownRelease} is false, those that come
 *     nearest
 * @param isKnownRelease whether no class contradicts: else it is a release that the base does not know, or somebody changed it
 * @param agreeing how many classes are as published in those versions
 * @param looked how many classes lie in the packages that these are in, less those of other libraries
 * @param published how many classes the oldest of those versions has; more than {@code agreeing} in an archive that was minimised
 * @param from package that the classes were published in, dotted; what they have in common
 * @param to package that they are in here; equal to {@code from} when they were not moved
 * @param weight bytes of instructions that agree: how much it proves
 */
public record FoundLibrary(
        String group,
        String artifact,
        List<String> alternatives,
        List<String> versions,
        boolean isKnownRelease,
        int agreeing,
        int looked,
        int published,
        String from,
        String to,
        long weight) {

    public FoundLibrary {
        alternatives = List.copyOf(alternatives);
        versions = List.copyOf(versions);
    }

    /** This and another part of the same library, which lies elsewhere; empty when no release has both. */
    Optional<FoundLibrary> with(FoundLibrary part) {
        List<String> common = versions.stream().filter(part.versions::contains).toList();
        if (!group.equals(part.group) || !artifact.equals(part.artifact) || common.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new FoundLibrary(
                group,
                artifact,
                alternatives,
                common,
                isKnownRelease && part.isKnownRelease,
                agreeing + part.agreeing,
                looked + part.looked,
                published,
                from,
                to,
                weight + part.weight));
    }

    /** Whether one release alone is possible. */
    public boolean isExact() {
        return isKnownRelease && versions.size() == 1 && alternatives.isEmpty();
    }

    public boolean isRelocated() {
        return !from.equals(to);
    }

    /** Whether all classes of the release are there. */
    public boolean isWhole() {
        return agreeing >= published;
    }
}
