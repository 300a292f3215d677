package dev.holdfast.respond;

import dev.holdfast.sensor.network.NetworkCut.Openings;

/**
 * What is to be done, and on whose word.
 *
 * @param openings what {@link Action#DISCONNECT} lets through
 * @param by who ordered it: a person, or a rule
 * @param reason in the words of who ordered it; may be empty
 * @param takesUnknown whether a container that no engine describes may be touched; never for orders of rules
 */
public record Order(Action action, Openings openings, String by, String reason, boolean takesUnknown) {
    public static Order of(Action action, String by) {
        return new Order(action, Openings.NONE, by, "", false);
    }
}
