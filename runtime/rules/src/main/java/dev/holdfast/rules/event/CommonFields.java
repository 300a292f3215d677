package dev.holdfast.rules.event;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The fields that stand in the head of every event. Times are told in UTC. */
public final class CommonFields {
    private static final long SECOND = 1_000_000_000L;
    private static final DateTimeFormatter TIME = format("HH:mm:ss.nnnnnnnnn");
    private static final DateTimeFormatter TIME_S = format("HH:mm:ss");
    private static final DateTimeFormatter DATETIME = format("yyyy-MM-dd HH:mm:ss.nnnnnnnnn");
    private static final DateTimeFormatter DATETIME_S = format("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter ISO = format("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'+0000'");

    private CommonFields() {}

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** Writes the value of a {@linkplain Field#isCommon() common} field. */
    public static void read(Event event, FieldUse use, Value into) {
        switch (use.field().name()) {
            case "evt.type" -> into.set(event.type().name());
            case "evt.source" -> into.set(event.source());
            case "evt.num" -> into.set(event.number());
            case "evt.rawtime" -> into.set(event.time());
            case "evt.rawtime.s" -> into.set(Math.floorDiv(event.time(), SECOND));
            case "evt.rawtime.ns" -> into.set(Math.floorMod(event.time(), SECOND));
            case "evt.time", "evt.outputtime" -> into.set(print(TIME, event));
            case "evt.time.s" -> into.set(print(TIME_S, event));
            case "evt.time.iso8601" -> into.set(print(ISO, event));
            case "evt.datetime" -> into.set(print(DATETIME, event));
            case "evt.datetime.s" -> into.set(print(DATETIME_S, event));
            case "evt.dir" -> into.set(event.isEntry() ? ">" : "<");
            case "evt.type.is" ->
                into.set(event.type().name().equals(use.argument().orElse("")) ? 1L : 0L);
            default -> throw new IllegalArgumentException(use + " is not common to all events");
        }
    }

    private static String print(DateTimeFormatter format, Event event) {
        return format.format(
                Instant.ofEpochSecond(Math.floorDiv(event.time(), SECOND), Math.floorMod(event.time(), SECOND)));
    }
}
