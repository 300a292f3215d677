package dev.holdfast.server.admission;

import java.time.InstantSource;

/** What a judge knows beside the question. Everything answers from memory. */
public record Surroundings(ImageKnowledge images, Namespaces namespaces, InstantSource clock) {
    /** Nothing is known but the question. */
    public static final Surroundings NONE =
            new Surroundings(ImageKnowledge.NOTHING, Namespaces.NOT_LOOKED_AT, InstantSource.system());
}
