package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.tree.Place;

/**
 * A parser directive at the head of the file, {@code # name=value}.
 *
 * @param name {@code syntax}, {@code escape} or {@code check}
 */
public record Directive(String name, String value, Place place) {}
