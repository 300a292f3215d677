package dev.holdfast.policy.cel.function.standard;

import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Fault;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments and durations. A moment is written as in RFC 3339, a duration as in Go: {@code 1h30m}, {@code 1.5s}, {@code -90m}. */
public final class Times {
    /** RFC 3339 with capitals, as Go's own layout has it. */
    private static final Pattern MOMENT =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)([.,]\\d+)?(Z|[+-]\\d\\d:\\d\\d)");

    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Pattern OFFSET = Pattern.compile("[+-]?\\d\\d:\\d\\d");
    private static final int LONGEST = 256;
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private Times() {}

    static void addTo(Library library) {
        library.global("duration", "duration", "duration", Cost.ONE, a -> a[0])
                .global(
                        "duration",
                        "string",
                        "duration",
                        Cost.ONE,
                        a -> duration((String) a[0])
                                .orElseThrow(() -> new Fault(
                                        "type conversion error from 'string' to 'google.protobuf.Duration'")));
        library.global("timestamp", "timestamp", "timestamp", Cost.ONE, a -> a[0])
                .global("timestamp", "int", "timestamp", Cost.ONE, a -> ofSeconds((Long) a[0]))
                .global(
                        "timestamp",
                        "string",
                        "timestamp",
                        Cost.ONE,
                        a -> moment((String) a[0])
                                .orElseThrow(() -> new Fault(
                                        "type conversion error from 'string' to 'google.protobuf.Timestamp'")));
        field(library, "getFullYear", ZonedDateTime::getYear);
        field(library, "getMonth", time -> time.getMonthValue() - 1);
        field(library, "getDayOfYear", time -> time.getDayOfYear() - 1);
        field(library, "getDayOfMonth", time -> time.getDayOfMonth() - 1);
        field(library, "getDate", ZonedDateTime::getDayOfMonth);
        field(library, "getDayOfWeek", time -> time.getDayOfWeek().getValue() % 7);
        field(library, "getHours", ZonedDateTime::getHour);
        field(library, "getMinutes", ZonedDateTime::getMinute);
        field(library, "getSeconds", ZonedDateTime::getSecond);
        field(library, "getMilliseconds", time -> time.getNano() / 1_000_000);
        library.member("getHours", "duration", "int", Cost.ONE, a -> ((Duration) a[0]).toHours())
                .member("getMinutes", "duration", "int", Cost.ONE, a -> ((Duration) a[0]).toMinutes())
                .member("getSeconds", "duration", "int", Cost.ONE, a -> wholeSeconds((Duration) a[0]))
                .member("getMilliseconds", "duration", "int", Cost.ONE, a -> ((Duration) a[0]).toMillis());
    }

    private static long wholeSeconds(Duration duration) {
        return duration.toNanos() / 1_000_000_000L;
    }

    private static void field(Library library, String name, Function<ZonedDateTime, Integer> field) {
        library.member(name, "timestamp", "int", Cost.ONE, a ->
                        (long) field.apply(((Instant) a[0]).atZone(ZoneOffset.UTC)))
                .member(name, "timestamp,string", "int", Cost.ONE, a ->
                        (long) field.apply(((Instant) a[0]).atZone(zone((String) a[1]))));
    }

    private static ZoneId zone(String name) throws Fault {
        try {
            if (name.isEmpty() || name.equals("UTC")) {
                return ZoneOffset.UTC;
            }
            if (OFFSET.matcher(name).matches()) {
                return ZoneOffset.of(Character.isDigit(name.charAt(0)) ? "+" + name : name);
            }
            if (ZoneId.getAvailableZoneIds().contains(name)) {
                return ZoneId.of(name);
            }
        } catch (DateTimeException none) {
            throw new Fault("unknown time zone " + name);
        }
        throw new Fault("unknown time zone " + name);
    }

    private static Instant ofSeconds(long seconds) throws Fault {
        try {
            return Arithmetic.within(Instant.ofEpochSecond(seconds));
        } catch (DateTimeException tooFar) {
            throw new Fault("timestamp overflow");
        }
    }

    public static Optional<Instant> moment(String text) {
        Matcher matcher = MOMENT.matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            return Optional.empty();
        }
        try {
            String fraction = Optional.ofNullable(matcher.group(2)).orElse("").replace(',', '.');
            String nanos = fraction.length() > 10 ? fraction.substring(0, 10) : fraction;
            Instant moment = DateTimeFormatter.ISO_OFFSET_DATE_TIME
                    .withResolverStyle(java.time.format.ResolverStyle.STRICT)
                    .parse(matcher.group(1) + nanos + matcher.group(3), Instant::from);
            return Optional.of(Arithmetic.within(moment));
        } catch (DateTimeException | Fault wrong) {
            return Optional.empty();
        }
    }

    /** Go's ParseDuration. */
    public static Optional<Duration> duration(String text) {
        boolean isNegative = text.startsWith("-");
        String rest = isNegative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        if (rest.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        BigInteger nanos = BigInteger.ZERO;
        Matcher part = PART.matcher(rest);
        int at = 0;
        while (at < rest.length()) {
            if (!part.region(at, rest.length()).lookingAt()) {
                return Optional.empty();
            }
            long unit = NANOS.getOrDefault(part.group(2), 1L);
            nanos = nanos.add(new BigDecimal(part.group(1).endsWith(".") ? part.group(1) + "0" : part.group(1))
                    .multiply(BigDecimal.valueOf(unit))
                    .setScale(0, RoundingMode.DOWN)
                    .toBigInteger());
            at = part.end();
        }
        BigInteger signed = isNegative ? nanos.negate() : nanos;
        return signed.bitLength() < 64 ? Optional.of(Duration.ofNanos(signed.longValue())) : Optional.empty();
    }

    static String text(Duration duration) {
        String seconds =
                BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
        return seconds + "s";
    }

    static String text(Instant moment) {
        String text = DateTimeFormatter.ISO_INSTANT.format(moment);
        int point = text.indexOf('.');
        if (point < 0) {
            return text;
        }
        int end = text.length() - 1; // without the Z
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, end) + "Z";
    }
}
