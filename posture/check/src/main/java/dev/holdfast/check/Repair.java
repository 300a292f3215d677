package dev.holdfast.check;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.List;

/** A change to the text of a file that removes a weakness and nothing else. */
public sealed interface Repair {
    /**
     * Sets a value in YAML or JSON, making the maps on the way that are missing.
     *
     * @param parent a map that stands in the file
     * @param keys the way down from it
     * @param value the value as YAML writes it in one line: {@code false}, {@code [ALL]}
     */
    record SetValue(Node.Mapping parent, List<String> keys, String value) implements Repair {
        public SetValue {
            keys = List.copyOf(keys);
        }
    }

    /** Takes a key and what it holds out of a map that stands in the file. */
    record RemoveKey(Node.Mapping parent, String key) implements Repair {}

    /** Puts another text in the place of a piece of the file. */
    record Replace(Place place, String text) implements Repair {}

    /** Puts whole lines before a line; the line after the last one adds them at the end. */
    record InsertLines(int line, List<String> lines) implements Repair {
        public InsertLines {
            lines = List.copyOf(lines);
        }
    }

    /** Several changes that only together are one. */
    record All(List<Repair> parts) implements Repair {
        public All {
            parts = List.copyOf(parts);
        }
    }
}
