package dev.holdfast.rules.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an event is, as {@code evt.type} says it: the name of a system call, or of one of the few things that are none. Numbers are dense
 * from 0 and hold for one run of the program only.
 */
public final class EventType {
    private static final Map<String, EventType> BY_NAME = load();
    private static final List<EventType> ALL = List.copyOf(BY_NAME.values());

    /** The type of all events that are not of the kernel. */
    public static final EventType PLUGIN_EVENT = of("pluginevent").orElseThrow();

    private final String name;
    private final int number;

    private EventType(String name, int number) {
        this.name = name;
        this.number = number;
    }

    /** The type of this name; empty for a name that no event has. */
    public static Optional<EventType> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** All types, in the order of their numbers. */
    public static List<EventType> all() {
        return ALL;
    }

    public String name() {
        return name;
    }

    public int number() {
        return number;
    }

    @Override
    public String toString() {
        return name;
    }

    private static Map<String, EventType> load() {
        Map<String, EventType> types = new LinkedHashMap<>();
        for (String line : lines("event-types.txt")) {
            types.put(line, new EventType(line, types.size()));
        }
        return types;
    }

    /** The lines of a table beside this class, without comments and empty lines. */
    static List<String> lines(String name) {
        try (InputStream stream = Objects.requireNonNull(EventType.class.getResourceAsStream(name), name);
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            List<String> lines = new ArrayList<>();
            String line = reader.readLine();
            while (line != null) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    lines.add(line.strip());
                }
                line = reader.readLine();
            }
            return lines;
        } catch (IOException failed) {
            throw new UncheckedIOException("the program lacks its table " + name, failed);
        }
    }
}
