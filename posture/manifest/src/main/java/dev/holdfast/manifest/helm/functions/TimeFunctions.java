package dev.holdfast.manifest.helm.functions;

import static dev.holdfast.manifest.template.FunctionTable.Parameter.ANY;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.STRING;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.TIME;

import dev.holdfast.manifest.template.FunctionTable;
import dev.holdfast.manifest.template.Sized;
import dev.holdfast.manifest.template.TemplateFault;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates and times. Now is always the same moment, and here is UTC, so that a report does not depend on either. */
final class TimeFunctions {
    /** What stands for the current time. */
    private static final ZonedDateTime NOW = ZonedDateTime.of(2020, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private TimeFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("now", (_, _) -> new GoTime(NOW));
        table.add("date", (a, _) -> GoTime.of(time(a.get(1))).format(Given.text(a, 0)), STRING, ANY);
        table.add("dateInZone", (a, _) -> inZone(a), STRING, ANY, STRING).alias("date_in_zone", "dateInZone");
        table.add("htmlDate", (a, _) -> GoTime.of(time(a.get(0))).format("2006-01-02"), ANY);
        table.add(
                "htmlDateInZone",
                (a, _) -> GoTime.of(time(a.get(0)).withZoneSameInstant(zone(Given.text(a, 1))))
                        .format("2006-01-02"),
                ANY,
                STRING);
        table.add("dateModify", (a, _) -> modified(a), STRING, TIME);
        table.alias("date_modify", "dateModify")
                .alias("mustDateModify", "dateModify")
                .alias("must_date_modify", "dateModify");
        table.add("toDate", (a, _) -> GoTime.parsed(Given.text(a, 0), Given.text(a, 1)), STRING, STRING)
                .alias("mustToDate", "toDate");
        table.add("unixEpoch", (a, _) -> Long.toString(time(a.get(0)).toEpochSecond()), TIME);
        table.add("ago", (a, _) -> seconds(NOW.toEpochSecond() - time(a.get(0)).toEpochSecond()), ANY);
        table.add("duration", (a, _) -> seconds(count(a.getFirst())), ANY);
        table.add("durationRound", (a, _) -> rounded(a.getFirst()), ANY);
    }

    private static ZonedDateTime time(@Nullable Object value) {
        return switch (value) {
            case GoTime time -> time.moment();
            case Long seconds -> at(seconds);
            case Sized seconds -> at(seconds.value());
            case null, default -> NOW;
        };
    }

    private static ZonedDateTime at(long seconds) {
        try {
            return Instant.ofEpochSecond(seconds).atZone(ZoneOffset.UTC);
        } catch (DateTimeException beyond) {
            return NOW;
        }
    }

    private static String inZone(List<@Nullable Object> arguments) {
        ZonedDateTime moved = time(arguments.get(1)).withZoneSameInstant(zone(Given.text(arguments, 2)));
        return GoTime.of(moved).format(Given.text(arguments, 0));
    }

    private static ZoneId zone(String name) {
        try {
            return name.equals("Local") || name.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return ZoneOffset.UTC;
        }
    }

    private static Object modified(List<@Nullable Object> arguments) throws TemplateFault {
        ZonedDateTime time = time(arguments.get(1));
        try {
            return new GoTime(time.plusNanos(nanoseconds(Given.text(arguments, 0))));
        } catch (DateTimeException | ArithmeticException beyond) {
            throw TemplateFault.of("time: invalid duration \"" + Given.text(arguments, 0) + "\"");
        }
    }

    /** {@code 1h30m}; what is none counts as nothing. */
    private static long nanoseconds(String text) {
        double sum = 0;
        int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        while (at < text.length()) {
            int from = at;
            while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                at++;
            }
            int unitFrom = at;
            while (at < text.length() && !Character.isDigit(text.charAt(at)) && text.charAt(at) != '.') {
                at++;
            }
            double unit = switch (text.substring(unitFrom, at)) {
                case "ns" -> 1;
                case "us", "µs" -> 1e3;
                case "ms" -> 1e6;
                case "s" -> 1e9;
                case "m" -> 60e9;
                case "h" -> 3600e9;
                default -> Double.NaN;
            };
            if (from == unitFrom || Double.isNaN(unit)) {
                return 0;
            }
            sum += unit * NumberFunctions.decimal(text.substring(from, unitFrom));
        }
        return (long) (text.startsWith("-") ? -sum : sum);
    }

    private static long count(@Nullable Object value) {
        return switch (value) {
            case String text -> NumberFunctions.whole(text);
            case Sized number -> number.value();
            case null, default -> 0;
        };
    }

    /** As Go writes a duration of whole seconds: {@code 1h0m5s}. */
    private static String seconds(long count) {
        long size = Math.abs(count);
        String sign = count < 0 ? "-" : "";
        if (size < 60) {
            return sign + size + "s";
        }
        String minutes = size / 60 % 60 + "m" + size % 60 + "s";
        return sign + (size >= 3600 ? size / 3600 + "h" : "") + minutes;
    }

    private static String rounded(@Nullable Object value) {
        long nanoseconds = Math.abs(
                switch (value) {
                    case String text -> nanoseconds(text);
                    case Sized number -> number.value();
                    case null, default -> 0L;
                });
        long[] sizes = {31_536_000, 2_592_000, 86_400, 3_600, 60, 1};
        String[] names = {"y", "mo", "d", "h", "m", "s"};
        for (int i = 0; i < sizes.length; i++) {
            if (nanoseconds > sizes[i] * 1_000_000_000L) {
                return String.format(Locale.ROOT, "%d%s", nanoseconds / (sizes[i] * 1_000_000_000L), names[i]);
            }
        }
        return "0s";
    }
}
