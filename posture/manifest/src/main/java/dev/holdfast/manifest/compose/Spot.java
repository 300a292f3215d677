package dev.holdfast.manifest.compose;

import dev.holdfast.manifest.tree.Place;

/** A place in one of a project's files. */
public record Spot(String path, Place place) {}
