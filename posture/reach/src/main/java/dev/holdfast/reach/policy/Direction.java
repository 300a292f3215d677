package dev.holdfast.reach.policy;

import java.util.Locale;

/** Seen from the pods that a policy is about. */
public enum Direction {
    INGRESS,
    EGRESS;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
