package dev.holdfast.watch.alert;

import dev.holdfast.rules.Priority;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An event that met a rule.
 *
 * @param time when the event was, in nanoseconds since the epoch
 * @param hostname of the machine that the event is of; empty when unknown
 * @param text the rule's output with the event's values; hostile where the event is
 * @param fields the fields of the output by their written names, in order, and {@code evt.time}; absent ones are there and absent
 * @param subject who and what it is about
 * @param heldBack how many alerts like this one were held back since the last that was told; such an alert stands for them
 */
public record Alert(
        long time,
        String hostname,
        String rule,
        Priority priority,
        String source,
        String text,
        Map<String, Value> fields,
        List<String> tags,
        Subject subject,
        long heldBack) {
    private static final long SECOND = 1_000_000_000L;

    public Alert {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        tags = List.copyOf(tags);
    }

    /** What an event says to a rule that it has met. */
    public static Alert of(Rule rule, Event event, String hostname) {
        return new Alert(
                event.time(),
                hostname,
                rule.name(),
                rule.priority(),
                rule.source(),
                rule.output().print(event),
                fields(rule, event),
                List.copyOf(rule.tags()),
                Subject.of(event),
                0);
    }

    /** Those of the output, and when it was: whoever reads alerts of Falco finds it there, printed or not. */
    private static Map<String, Value> fields(Rule rule, Event event) {
        Map<String, Value> fields = new LinkedHashMap<>(rule.output().fields(event));
        Value time = new Value();
        time.set(event.time());
        fields.putIfAbsent("evt.time", time);
        return fields;
    }

    /** The same one, standing for others that were held back. */
    Alert standingFor(long count) {
        return new Alert(time, hostname, rule, priority, source, text, fields, tags, subject, count);
    }

    public Instant instant() {
        return Instant.ofEpochSecond(Math.floorDiv(time, SECOND), Math.floorMod(time, SECOND));
    }
}
