package dev.holdfast.scan.ruling;

import dev.holdfast.core.Finding;

/** A finding that stands, and does not count. */
public record SetAside(Finding finding, Ruling ruling) {}
