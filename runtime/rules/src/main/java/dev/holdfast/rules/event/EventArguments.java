package dev.holdfast.rules.event;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** The names that arguments of events have, of whatever event: what may be asked for by {@code evt.arg.NAME} and {@code evt.rawarg.NAME}. */
public final class EventArguments {
    private static final Set<String> NAMES = load();

    private EventArguments() {}

    /** All of them. */
    public static Set<String> names() {
        return NAMES;
    }

    /** Whether the field asks for an argument of the event. */
    public static boolean isAskedBy(Field field) {
        return field.name().equals("evt.arg") || field.name().equals("evt.rawarg");
    }

    private static Set<String> load() {
        Set<String> names = new TreeSet<>();
        for (String line : EventType.lines("arguments.txt")) {
            names.addAll(Set.of(line.split(" ")));
        }
        return Collections.unmodifiableSet(names);
    }
}
