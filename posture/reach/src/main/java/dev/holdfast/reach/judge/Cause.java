package dev.holdfast.reach.judge;

import dev.holdfast.manifest.kubernetes.Origin;
import dev.holdfast.reach.policy.Direction;

/**
 * Why something is allowed or denied at one end.
 *
 * @param direction seen from the pod whose policy it is
 * @param policy {@code NetworkPolicy shop/api}; for an Ingress or a Route that one
 * @param rule of the policy; empty where it is that the policy is there, and no rule of it fits
 */
public record Cause(Direction direction, String policy, String rule, Origin origin) {}
