package dev.holdfast.inventory;

import dev.holdfast.core.PackageUrl;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A package of the target: one identity with all the places where it was found.
 *
 * @param purl its package URL, canonical
 * @param record what was read of it, at the first of its locations
 * @param state whether it is there or was removed by a later layer
 * @param ownedBy the distribution package that owns its record file; empty when none does or it is a distribution package itself
 * @param locations where it was found, sorted; all of them when installed, else where it was
 * @param removedIn index of the layer that removed it; empty when installed
 */
public record Component(
        PackageUrl purl,
        PackageRecord record,
        State state,
        Optional<String> ownedBy,
        List<Location> locations,
        Optional<Integer> removedIn) {

    /** By type, name, version, architecture; installed before removed; then by package URL. */
    public static final Comparator<Component> ORDER = Component::compare;

    public Component {
        locations = List.copyOf(locations);
    }

    private static int compare(Component one, Component other) {
        PackageRecord first = one.record();
        PackageRecord second = other.record();
        int order = first.type().word().compareTo(second.type().word());
        order = order != 0 ? order : first.name().compareTo(second.name());
        order = order != 0 ? order : first.version().compareTo(second.version());
        order = order != 0
                ? order
                : first.architecture()
                        .orElse("")
                        .compareTo(second.architecture().orElse(""));
        order = order != 0 ? order : one.state().compareTo(other.state());
        return order != 0 ? order : one.purl().toString().compareTo(other.purl().toString());
    }

    /** Whether the package is there. */
    public enum State {
        INSTALLED,
        REMOVED;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A place of a package.
     *
     * @param path the record file; for something inside an archive {@code archive ▸ inner path}
     * @param layer index of the layer that brought this package into the file (not merely the last to rewrite the file)
     * @param line 1-based line in a text file; 0 when it has none
     * @param evidence how it was told there
     */
    public record Location(String path, int layer, int line, String evidence) implements Comparable<Location> {
        @Override
        public int compareTo(Location other) {
            int byPath = path.compareTo(other.path);
            if (byPath != 0) {
                return byPath;
            }
            return layer != other.layer ? Integer.compare(layer, other.layer) : Integer.compare(line, other.line);
        }
    }
}
