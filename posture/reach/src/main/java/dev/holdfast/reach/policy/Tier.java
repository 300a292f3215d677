package dev.holdfast.reach.policy;

/** In this order policies are asked; who decides in one is not asked about in the next. */
public enum Tier {
    /** AdminNetworkPolicy, and ClusterNetworkPolicy of the tier Admin: by priority, the first rule that fits counts. */
    ADMIN,
    /** NetworkPolicy: whoever is chosen by one may do what some rule allows, and nothing else. */
    NETWORK,
    /** BaselineAdminNetworkPolicy, and ClusterNetworkPolicy of the tier Baseline. */
    BASELINE
}
