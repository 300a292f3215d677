package dev.holdfast.oci;

import dev.holdfast.core.Digest;
import java.util.Optional;

/**
 * One layer of an image, by position: the same digest may stand twice.
 *
 * @param index position from the bottom, 0 first
 * @param diffId digest of the uncompressed tar, as reports quote it; empty for a root file system
 * @param createdBy the history entry that brought it, as the builder wrote it; empty when history and layers disagree in number
 */
public record Layer(int index, Optional<Digest> diffId, String createdBy) {}
