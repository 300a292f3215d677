/** From manifests to workloads and policies. */
@NullMarked
package dev.holdfast.reach.read;

import org.jspecify.annotations.NullMarked;
