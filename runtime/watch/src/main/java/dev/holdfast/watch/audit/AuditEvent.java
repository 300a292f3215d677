package dev.holdfast.watch.audit;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * One audit event.
 *
 * @param json the event as the server wrote it
 * @param time when its stage was reached, in nanoseconds since the epoch; 0 when it does not say
 * @param number in the order of reading, from 1
 */
public record AuditEvent(JsonValue json, long time, long number) implements Event {
    private static final long SECOND = 1_000_000_000L;

    /** Whether this is an audit event: an object of kind {@code Event}, or one without kind that has an audit's members. */
    static boolean isEvent(JsonValue json) {
        JsonValue kind = json.get("kind");
        if (!kind.isAbsent()) {
            return kind.text().filter("Event"::equals).isPresent() && hasMembers(json);
        }
        return hasMembers(json);
    }

    /** A core {@code Event} of a cluster, which is something else, has none of them. */
    private static boolean hasMembers(JsonValue json) {
        return json.get("auditID").text().isPresent()
                || json.get("stage").text().isPresent();
    }

    static AuditEvent of(JsonValue json, long number) {
        long time = time(json.get("stageTimestamp").text().orElse(""));
        return new AuditEvent(json, time != 0 ? time : received(json), number);
    }

    /** The audit event that some bytes are; empty when they are none. */
    public static Optional<AuditEvent> read(byte[] bytes, Limits limits, long number) {
        if (JsonValues.areTooMany(bytes)) {
            return Optional.empty();
        }
        try {
            JsonValue json = Json.parse(bytes, limits);
            return isEvent(json) ? Optional.of(of(json, number)) : Optional.empty();
        } catch (InputException noJson) {
            return Optional.empty();
        }
    }

    private static long received(JsonValue json) {
        long received = time(json.get("requestReceivedTimestamp").text().orElse(""));
        return received != 0 ? received : time(json.get("timestamp").text().orElse(""));
    }

    private static long time(String text) {
        try {
            Instant instant = text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
        } catch (DateTimeException | ArithmeticException wrong) {
            return 0;
        }
    }

    @Override
    public String source() {
        return Event.K8S_AUDIT;
    }

    @Override
    public EventType type() {
        return EventType.PLUGIN_EVENT;
    }

    @Override
    public void read(FieldUse use, Value into) {
        AuditFields.read(this, use, into);
    }
}
