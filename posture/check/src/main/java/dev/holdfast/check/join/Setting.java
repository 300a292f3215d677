package dev.holdfast.check.join;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.Optional;

/**
 * A value that a file sets.
 *
 * @param path the file as reports call it
 * @param place where in it; {@link Place#START} where the file has no lines
 */
public record Setting(String text, String path, Place place) {
    static Optional<Setting> of(Optional<Node> node, String path) {
        return node.flatMap(one -> one.textAt().map(text -> new Setting(text, path, one.place())));
    }

    /** The file with the line: {@code web/Dockerfile:7}. */
    String where() {
        return place.equals(Place.START) ? path : path + ":" + place.line();
    }

    Setting with(String other) {
        return new Setting(other, path, place);
    }
}
