package dev.holdfast.rules.load;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.rules.Problem;
import java.util.ArrayList;
import java.util.List;

/** A list as collected so far. */
final class ListItem {
    final String name;
    final Problem.Place place;
    /** The number of the item that defined it first. */
    final int index;
    /** Lists that were defined before the item of this number may be named in it. */
    int visibility;

    final List<Node.Scalar> items;

    ListItem(String name, Problem.Place place, int index, int visibility, List<Node.Scalar> items) {
        this.name = name;
        this.place = place;
        this.index = index;
        this.visibility = visibility;
        this.items = new ArrayList<>(items);
    }
}
