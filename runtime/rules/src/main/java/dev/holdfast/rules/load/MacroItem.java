package dev.holdfast.rules.load;

import dev.holdfast.rules.Problem;

/** A macro as collected so far. */
final class MacroItem {
    final String name;
    final Problem.Place place;
    /** The number of the item that defined it first. */
    final int index;
    /** Macros that were defined before the item of this number may be named in it. */
    int visibility;

    final GatheredText condition;

    MacroItem(String name, Problem.Place place, int index, int visibility, GatheredText condition) {
        this.name = name;
        this.place = place;
        this.index = index;
        this.visibility = visibility;
        this.condition = condition;
    }
}
