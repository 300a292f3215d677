package dev.holdfast.watch.scap;

import dev.holdfast.watch.scap.EventTable.EventKind;
import dev.holdfast.watch.scap.EventTable.Parameter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The names that the parameters of events have, as {@code evt.arg[…]} uses them. */
public final class ParameterNames {
    private ParameterNames() {}

    /** All names that parameters of events of this type may have, of whatever version of the event. */
    public static List<String> of(String type) {
        Set<String> names = new TreeSet<>();
        for (EventKind kind : EventTable.TABLE.kinds()) {
            if (kind.name().equals(type)) {
                kind.parameters().stream().map(Parameter::name).forEach(names::add);
            }
        }
        // A call without an event of its own tells its number.
        return names.isEmpty() ? List.of("ID", "nativeID") : List.copyOf(names);
    }
}
