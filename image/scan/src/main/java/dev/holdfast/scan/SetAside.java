package dev.holdfast.scan;

import dev.holdfast.core.Finding;

/** A finding that stands, and does not count. */
public record SetAside(Finding finding, Ruling ruling) {}
