/**
 * Archives as they pass by, with nothing of them kept: {@link dev.holdfast.secrets.unfold.Fold} tells by the first bytes that a file is one,
 * {@link dev.holdfast.secrets.unfold.Unfolding} reads it and shows its {@link dev.holdfast.secrets.unfold.Entries}. A reader a format: zip,
 * tar, gzip and loose objects of git, packs of git.
 */
@NullMarked
package dev.holdfast.secrets.unfold;

import org.jspecify.annotations.NullMarked;
