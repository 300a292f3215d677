/** What talks: workloads with their pods, and what lets the world in. */
@NullMarked
package dev.holdfast.reach.cluster;

import org.jspecify.annotations.NullMarked;
