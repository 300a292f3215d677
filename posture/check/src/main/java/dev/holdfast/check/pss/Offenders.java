package dev.holdfast.check.pss;

import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects who breaks a control and with which values, and puts it into the server's words. */
final class Offenders {
    private final List<String> containers = new ArrayList<>();
    private final TreeSet<String> values = new TreeSet<>();
    private boolean isPod;
    private Optional<Place> first = Optional.empty();

    void pod(Place place) {
        isPod = true;
        at(place);
    }

    /** Names a container, once for each time it is met. */
    void container(Container container, Place place) {
        containers.add(container.name());
        at(place);
    }

    void value(String value, Place place) {
        values.add(value);
        at(place);
    }

    private void at(Place place) {
        if (first.isEmpty()) {
            first = Optional.of(place);
        }
    }

    boolean areAny() {
        return isPod || !containers.isEmpty();
    }

    Place place() {
        return first.orElse(Place.START);
    }

    List<String> containers() {
        return containers;
    }

    SortedSet<String> values() {
        return values;
    }

    String quotedValues() {
        return quoted(values);
    }

    /** {@code pod and containers "a", "b"}. */
    String setters() {
        if (containers.isEmpty()) {
            return "pod";
        }
        return (isPod ? "pod and " : "") + named();
    }

    /** {@code container "a"}, {@code containers "a", "b"}. */
    String named() {
        return plural("container", containers.size()) + " " + quoted(containers);
    }

    static String plural(String noun, int count) {
        return count == 1 ? noun : noun + "s";
    }

    static String quoted(Collection<String> items) {
        return items.isEmpty() ? "" : "\"" + String.join("\", \"", items) + "\"";
    }

    /** {@code uses} of one, {@code use} of several. */
    static String uses(int count) {
        return count == 1 ? "uses" : "use";
    }
}
