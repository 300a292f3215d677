package dev.holdfast.respond;

import java.util.Set;
import java.util.TreeSet;

/**
 * Containers that are never touched, beside those that never can be: the machine's own groups, what holds ourselves, and what the machine's
 * own daemons run in.
 *
 * @param labels as {@code NAME=VALUE}; a label that the image brings along does not count, or its author could forbid to stop it
 * @param namespaces of Kubernetes
 */
public record Protection(Set<String> labels, Set<String> namespaces) {
    /** A label that says it, and the namespace that a cluster cannot do without. */
    public static final Protection DEFAULT =
            new Protection(Set.of("dev.holdfast.respond=never"), Set.of("kube-system"));

    public Protection {
        labels = java.util.Collections.unmodifiableSet(new TreeSet<>(labels));
        namespaces = java.util.Collections.unmodifiableSet(new TreeSet<>(namespaces));
    }
}
