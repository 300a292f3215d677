package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.tree.Place;

/**
 * A reason for which BuildKit refuses the file.
 *
 * @param message one sentence without the place
 */
public record Problem(Place place, String message) {}
