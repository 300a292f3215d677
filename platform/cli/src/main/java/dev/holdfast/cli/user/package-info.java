/**
 * What lies in the user's folders from earlier runs: the advisory base, the index of the base images, and what is remembered of images and
 * layers.
 */
@NullMarked
package dev.holdfast.cli.user;

import org.jspecify.annotations.NullMarked;
