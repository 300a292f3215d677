package dev.holdfast.reach.policy;

import dev.holdfast.manifest.kubernetes.LabelSelector;
import java.util.Map;

/** Which namespaces are meant. */
public sealed interface Namespaces {
    /** The one that a policy lies in. */
    record Own(String name) implements Namespaces {}

    /** Those with labels. */
    record Labelled(LabelSelector selector) implements Namespaces {}

    default boolean hold(String name, Map<String, String> labels) {
        return switch (this) {
            case Own own -> own.name().equals(name);
            case Labelled labelled -> labelled.selector().matches(labels);
        };
    }
}
