package dev.holdfast.jvm.identity;

import java.util.List;

/**
 * A published library of the base.
 *
 * @param group Maven group id
 * @param artifact Maven artifact id
 * @param isAggregate whether it is put together from other libraries of the base, and so is the right name only where all of it is there
 * @param packages the packages of its classes, as paths {@code a/b}, in the order in which the base numbers them
 * @param releases its releases, oldest first
 */
record Library(String group, String artifact, boolean isAggregate, List<String> packages, List<Release> releases) {
    /**
     * @param version Maven version
     * @param classes how many classes of it the base knows
     */
    record Release(String version, int classes) {}

    Library {
        packages = List.copyOf(packages);
        releases = List.copyOf(releases);
    }

    String name() {
        return group + ":" + artifact;
    }
}
