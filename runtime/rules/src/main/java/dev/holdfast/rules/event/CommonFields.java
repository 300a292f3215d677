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

    /** Reads one of these fields from an event. */
    @FunctionalInterface
    public interface Reader {
        void read(Event event, Value into);
    }

    /** The reader of a {@linkplain Field#isCommon() common} field. */
    public static Reader of(FieldUse use) {
        return switch (use.field().name()) {
            case "evt.type" -> (event, into) -> into.set(event.type().name());
            case "evt.source" -> (event, into) -> into.set(event.source());
            case "evt.num" -> (event, into) -> into.set(event.number());
            case "evt.rawtime" -> (event, into) -> into.set(event.time());
            case "evt.rawtime.s" -> (event, into) -> into.set(Math.floorDiv(event.time(), SECOND));
            case "evt.rawtime.ns" -> (event, into) -> into.set(Math.floorMod(event.time(), SECOND));
            case "evt.time", "evt.outputtime" -> (event, into) -> into.set(print(TIME, event));
            case "evt.time.s" -> (event, into) -> into.set(print(TIME_S, event));
            case "evt.time.iso8601" -> (event, into) -> into.set(print(ISO, event));
            case "evt.datetime" -> (event, into) -> into.set(print(DATETIME, event));
            case "evt.datetime.s" -> (event, into) -> into.set(print(DATETIME_S, event));
            case "evt.dir" -> (event, into) -> into.set(event.isEntry() ? ">" : "<");
            case "evt.type.is" -> {
                String name = use.argument().orElse("");
                yield (event, into) -> into.set(event.type().name().equals(name) ? 1L : 0L);
            }
            default -> throw new IllegalArgumentException(use + " is not common to all events");
        };
    }

    /** Writes the value of a {@linkplain Field#isCommon() common} field. */
    public static void read(Event event, FieldUse use, Value into) {
        of(use).read(event, into);
    }

    private static String print(DateTimeFormatter format, Event event) {
        return format.format(
                Instant.ofEpochSecond(Math.floorDiv(event.time(), SECOND), Math.floorMod(event.time(), SECOND)));
    }
}
