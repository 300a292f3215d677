package dev.holdfast.manifest.compose;

import dev.holdfast.manifest.tree.Place;

/**
 * Something that a project refers to and that could not be read, so that it is judged without it.
 *
 * @param path the file that refers to it
 * @param detail one sentence
 */
public record Unfollowed(String path, Place place, String detail) {}
