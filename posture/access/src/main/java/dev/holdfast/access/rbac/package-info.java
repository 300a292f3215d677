/**
 * Kubernetes RBAC as the API server decides it. {@link dev.holdfast.access.rbac.ClusterReader} reads objects out of manifests into a
 * {@link dev.holdfast.access.rbac.Cluster}; {@link dev.holdfast.access.rbac.Authorizer} answers who may do what, with the binding, role and
 * rule behind it; {@link dev.holdfast.access.rbac.WriteReview} and {@link dev.holdfast.access.rbac.StreamReview} add what the server checks
 * beside the rules: that nobody grants what they do not hold, and what opens a stream into a container.
 */
@NullMarked
package dev.holdfast.access.rbac;

import org.jspecify.annotations.NullMarked;
