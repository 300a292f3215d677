package dev.holdfast.reach.judge;

import dev.holdfast.reach.space.Connections;

/** That one place may talk to another. */
public record Connection(Place from, Place to, Connections by) {}
