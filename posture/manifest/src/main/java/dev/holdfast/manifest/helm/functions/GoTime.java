package dev.holdfast.manifest.helm.functions;

import dev.holdfast.manifest.template.Shape;
import dev.holdfast.manifest.template.Sized;
import dev.holdfast.manifest.template.TemplateFault;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A moment, written in layouts that are themselves one: {@code Mon Jan 2 15:04:05 MST 2006}. */
record GoTime(ZonedDateTime moment) implements Shape {
    /** The pieces of a layout, longer ones before what they begin with, and what each is for the JDK. */
    private static final String[][] PIECES = {
        {"January", "MMMM"},
        {"Jan", "MMM"},
        {"Monday", "EEEE"},
        {"Mon", "EEE"},
        {"MST", "zzz"},
        {"2006", "uuuu"},
        {"-07:00", "xxx"},
        {"-0700", "xx"},
        {"-07", "x"},
        {"Z07:00", "XXX"},
        {"Z0700", "XX"},
        {".000000000", ".SSSSSSSSS"},
        {".000000", ".SSSSSS"},
        {".000", ".SSS"},
        {"15", "HH"},
        {"01", "MM"},
        {"02", "dd"},
        {"03", "hh"},
        {"04", "mm"},
        {"05", "ss"},
        {"06", "uu"},
        {"_2", "ppd"},
        {"PM", "a"},
        {"1", "M"},
        {"2", "d"},
        {"3", "h"},
        {"4", "m"},
        {"5", "s"}
    };

    static GoTime of(ZonedDateTime moment) {
        return new GoTime(moment);
    }

    String format(String layout) {
        return formatter(layout, false).format(moment);
    }

    private static DateTimeFormatter formatter(String layout, boolean hasDefaults) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
        int at = 0;
        while (at < layout.length()) {
            String[] piece = piece(layout, at);
            if (piece.length == 0) {
                builder.appendLiteral(layout.charAt(at++));
            } else {
                builder.appendPattern(piece[1]);
                at += piece[0].length();
            }
        }
        if (hasDefaults) {
            builder.parseDefaulting(ChronoField.MONTH_OF_YEAR, 1)
                    .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
                    .parseDefaulting(ChronoField.HOUR_OF_DAY, 0);
        }
        return builder.toFormatter(Locale.ENGLISH);
    }

    private static String[] piece(String layout, int at) {
        for (String[] piece : PIECES) {
            if (layout.startsWith(piece[0], at)) {
                return piece;
            }
        }
        return new String[0];
    }

    /** Reads a text in a layout; what is not in it is the zero time. */
    static GoTime parsed(String layout, String text) {
        try {
            return new GoTime(formatter(layout, true).withZone(ZoneOffset.UTC).parse(text, ZonedDateTime::from));
        } catch (DateTimeException wrong) {
            return new GoTime(ZonedDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
        }
    }

    @Override
    public String typeName() {
        return "time.Time";
    }

    @Override
    public Optional<Object> member(String name, List<Object> arguments) throws TemplateFault {
        return Optional.ofNullable(
                switch (name) {
                    case "Format" ->
                        arguments.size() == 1 ? format(arguments.getFirst().toString()) : null;
                    case "Unix" -> Sized.int64(moment.toEpochSecond());
                    case "UnixNano" -> Sized.int64(moment.toEpochSecond() * 1_000_000_000L);
                    case "Year" -> (long) moment.getYear();
                    case "Day" -> (long) moment.getDayOfMonth();
                    case "Hour" -> (long) moment.getHour();
                    case "Minute" -> (long) moment.getMinute();
                    case "Second" -> (long) moment.getSecond();
                    case "Month" -> format("January");
                    case "Weekday" -> format("Monday");
                    case "UTC", "Local" -> this;
                    case "String" -> toString();
                    default -> null;
                });
    }

    @Override
    public String toString() {
        return format("2006-01-02 15:04:05 -0700") + " UTC";
    }
}
