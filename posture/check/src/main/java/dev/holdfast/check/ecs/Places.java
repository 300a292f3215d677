package dev.holdfast.check.ecs;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Repair;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.List;

/** Where to point, and how to take a key away. */
final class Places {
    private Places() {}

    /** Something is missing in a map: at the key by which the map is known, else at the map. */
    static Place of(Node map, String landmark) {
        return map instanceof Node.Mapping mapping && mapping.entry(landmark).isPresent()
                ? mapping.entry(landmark).get().key().place()
                : map.place();
    }

    /** A container as the map that it must be; an empty one, into which nothing can be written, when it is none. */
    static Node.Mapping map(Node container) {
        return container instanceof Node.Mapping mapping ? mapping : new Node.Mapping(List.of(), container.place());
    }

    /** Ends a failure with the advice to remove a key of a map, and the change that does it. */
    static void removing(Findings.Failure failure, Node map, String key, String advice) {
        if (map instanceof Node.Mapping mapping) {
            failure.fix(advice, new Repair.RemoveKey(mapping, key)).add();
        } else {
            failure.fix(advice).add();
        }
    }
}
