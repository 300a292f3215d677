package dev.holdfast.sensor.container;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder as an engine calls it. Engines of users without privileges see other mounts than the machine does.
 *
 * @param view what the engine sees as the root of the file system
 * @param folder below it, as it is called there; absolute
 */
record Place(Path view, Path folder) {
    /** As we see it. */
    static final Path OURS = Path.of("/");

    static Place ours(Path folder) {
        return new Place(OURS, folder);
    }

    /** The folder as we reach it. */
    Path path() {
        return view.equals(OURS) ? folder : view.resolve(OURS.relativize(folder.normalize()));
    }

    /** Another folder of the same view, from here; this one when it cannot be called so. */
    Place at(String other) {
        return resolve(other).map(at -> new Place(view, at)).orElse(this);
    }

    private Optional<Path> resolve(String other) {
        try {
            return Optional.of(folder.resolve(other).normalize());
        } catch (InvalidPathException odd) {
            return Optional.empty();
        }
    }
}
