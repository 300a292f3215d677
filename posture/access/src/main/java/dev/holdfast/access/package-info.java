/**
 * Who can do what in a cluster, from its RBAC objects. {@link dev.holdfast.kube.given.GivenObjects} hands files and folders of manifests, or what
 * {@code kubectl get -o yaml} printed, to a {@link dev.holdfast.access.rbac.ClusterReader}; {@link dev.holdfast.access.AccessReviewer} answers:
 * who can do something, what can somebody do, how do they get to cluster-admin, and what of it all was never used. Every answer carries its
 * chain: binding, role and rule, with file and line.
 */
@NullMarked
package dev.holdfast.access;

import org.jspecify.annotations.NullMarked;
