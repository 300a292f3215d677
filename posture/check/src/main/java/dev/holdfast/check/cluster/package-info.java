/**
 * Takes the objects of a running cluster as input: {@link dev.holdfast.check.cluster.RunningCluster} lists them by the API server, and the
 * same rules as for files judge them.
 */
@NullMarked
package dev.holdfast.check.cluster;

import org.jspecify.annotations.NullMarked;
