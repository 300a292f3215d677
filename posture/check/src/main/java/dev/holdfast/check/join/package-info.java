/**
 * Manifests joined with the images that they run. {@link dev.holdfast.check.join.KnownImages} holds what is known of images: from the
 * configurations, archives and layouts that are given, and from Dockerfiles that a Compose file or Skaffold says they are built from.
 * The readers of {@link dev.holdfast.check.join.Use} find each container with what its manifest says; {@link
 * dev.holdfast.check.join.Joining} puts both together and asks the {@link dev.holdfast.check.join.Fit}s what does not go with what. Of an
 * image that is not at hand nothing is said, once. Start with {@code Joining.judge}.
 */
@NullMarked
package dev.holdfast.check.join;

import org.jspecify.annotations.NullMarked;
