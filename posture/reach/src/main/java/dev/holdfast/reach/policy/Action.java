package dev.holdfast.reach.policy;

/** What a rule does with the connections that it is about. */
public enum Action {
    ALLOW,
    DENY,
    /** Leaves them to what comes after its tier. */
    PASS
}
