package dev.holdfast.rules.match;

import dev.holdfast.rules.event.Field;
import dev.holdfast.rules.syntax.Modifier;
import dev.holdfast.rules.syntax.Operator;
import dev.holdfast.rules.text.Ascii;
import dev.holdfast.rules.text.Glob;
import dev.holdfast.rules.text.PathPrefixes;
import dev.holdfast.rules.text.PatternException;
import dev.holdfast.rules.text.Regex;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Makes tests of what is written on the right side of a comparison, by the type of the left side. */
final class ValueTests {
    /** PATH_MAX of Linux; no path is longer. */
    static final int LONGEST_PATH = 4_096;

    /** The names of services that rules use for ports; a name server or a file of the machine is never asked. */
    private static final Map<String, Long> SERVICES = Map.ofEntries(
            Map.entry("ftp", 21L),
            Map.entry("ssh", 22L),
            Map.entry("telnet", 23L),
            Map.entry("smtp", 25L),
            Map.entry("domain", 53L),
            Map.entry("http", 80L),
            Map.entry("pop3", 110L),
            Map.entry("sunrpc", 111L),
            Map.entry("ntp", 123L),
            Map.entry("imap2", 143L),
            Map.entry("snmp", 161L),
            Map.entry("ldap", 389L),
            Map.entry("https", 443L),
            Map.entry("syslog", 514L),
            Map.entry("ldaps", 636L),
            Map.entry("imaps", 993L),
            Map.entry("pop3s", 995L),
            Map.entry("mysql", 3306L),
            Map.entry("postgresql", 5432L),
            Map.entry("redis", 6379L));

    private final String left;
    private final Field.Type type;
    private final boolean isPort;

    /**
     * @param left the left side as written, for messages
     * @param isPort whether numbers may be names of services
     */
    ValueTests(String left, Field.Type type, boolean isPort) {
        this.left = left;
        this.type = type;
        this.isPort = isPort;
    }

    /** A value that is compared, with its place. */
    record Given(String text, int at) {}

    /** The test for one value. */
    ValueTest one(Operator operator, Given given) throws CompileException {
        if (operator.takesList()) {
            return several(operator, List.of(given), given.at());
        }
        return switch (operator) {
            case EQUAL -> equal(given);
            case NOT_EQUAL -> new ValueTest.Inverse(equal(given));
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> order(operator, given);
            case CONTAINS -> new ValueTest.Contains(text(operator, given));
            case ICONTAINS -> new ValueTest.ContainsIgnoringCase(Ascii.lower(text(operator, given)));
            case STARTS_WITH -> new ValueTest.StartsWith(text(operator, given));
            case ENDS_WITH -> new ValueTest.EndsWith(text(operator, given));
            case GLOB -> new ValueTest.Matches(new Glob(text(operator, given), false));
            case IGLOB -> new ValueTest.Matches(new Glob(text(operator, given), true));
            case REGEX -> regex(text(operator, given), given);
            case BCONTAINS -> new ValueTest.Contains(bytes(operator, given));
            case BSTARTS_WITH -> new ValueTest.StartsWith(bytes(operator, given));
            case IN, INTERSECTS, PMATCH -> throw new IllegalStateException();
        };
    }

    /** The test whether a value is one of several. */
    ValueTest several(Operator operator, List<Given> given, int at) throws CompileException {
        if (operator == Operator.PMATCH) {
            return below(given, at);
        }
        return switch (type) {
            case TEXT, BYTES -> texts(given);
            case LONG, TIME, DURATION -> longs(given);
            case DYNAMIC -> dynamic(texts(given), given);
            case ADDRESS, NETWORK -> networks(given, at);
            case DOUBLE, BOOLEAN -> {
                ValueTest[] tests = new ValueTest[given.size()];
                for (int i = 0; i < tests.length; i++) {
                    tests[i] = equal(given.get(i));
                }
                yield new ValueTest.Counting(Modifier.ANYOF, tests);
            }
        };
    }

    private ValueTest texts(List<Given> given) {
        HashSet<String> texts = HashSet.newHashSet(given.size());
        for (Given one : given) {
            texts.add(written(one));
        }
        return new ValueTest.TextIn(texts);
    }

    private ValueTest longs(List<Given> given) throws CompileException {
        long[] numbers = new long[given.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(given.get(i));
        }
        Arrays.sort(numbers);
        return new ValueTest.LongIn(numbers);
    }

    private ValueTest dynamic(ValueTest forTexts, List<Given> given) throws CompileException {
        long[] numbers = new long[given.size()];
        int count = 0;
        for (Given one : given) {
            OptionalLong number = parse(one.text());
            if (number.isPresent()) {
                numbers[count++] = number.getAsLong();
            }
        }
        numbers = Arrays.copyOf(numbers, count);
        Arrays.sort(numbers);
        return new ValueTest.ByKind(new ValueTest.LongIn(numbers), forTexts);
    }

    private ValueTest networks(List<Given> given, int at) throws CompileException {
        for (Given one : given) {
            boolean isNetwork = one.text().indexOf('/') >= 0;
            if (isNetwork != (type == Field.Type.NETWORK)) {
                throw wrong(
                        isNetwork
                                ? "unrecognized IP address " + one.text()
                                        + "; fields such as fd.snet compare with networks"
                                : "unrecognized IP network " + one.text() + "; a network has its length behind a slash",
                        one.at());
            }
        }
        return new ValueTest.InNetworks(Networks.of(
                        given.stream().map(Given::text).toList())
                .orElseThrow(() -> {
                    Given wrong = given.stream()
                            .filter(one -> Networks.of(List.of(one.text())).isEmpty())
                            .findFirst()
                            .orElse(new Given("", at));
                    return wrong("unrecognized IP address " + wrong.text(), wrong.at());
                }));
    }

    private ValueTest below(List<Given> given, int at) throws CompileException {
        if (type != Field.Type.TEXT && type != Field.Type.DYNAMIC) {
            throw wrong("'pmatch' not supported for " + kind() + " filters", at);
        }
        for (Given one : given) {
            if (one.text().length() > LONGEST_PATH) {
                throw wrong("a path of " + one.text().length() + " characters is longer than any path", one.at());
            }
        }
        return new ValueTest.Below(
                new PathPrefixes(given.stream().map(Given::text).toList()));
    }

    private ValueTest equal(Given given) throws CompileException {
        return switch (type) {
            case TEXT, BYTES -> new ValueTest.TextEquals(written(given));
            case DYNAMIC -> dynamic(new ValueTest.TextEquals(given.text()), List.of(given));
            case LONG, TIME, DURATION -> {
                long number = number(given);
                yield new ValueTest.LongWithin(number, number);
            }
            case DOUBLE -> {
                double number = decimal(given);
                yield new ValueTest.DoubleWithin(number, true, number, true);
            }
            case BOOLEAN -> new ValueTest.BooleanEquals(truth(given));
            case ADDRESS, NETWORK -> networks(List.of(given), given.at());
        };
    }

    private static boolean truth(Given given) throws CompileException {
        return switch (given.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("filter error: unrecognized boolean value " + given.text(), given.at());
        };
    }

    private ValueTest order(Operator operator, Given given) throws CompileException {
        if (type == Field.Type.DOUBLE) {
            return order(operator, decimal(given));
        }
        if (type == Field.Type.DYNAMIC) {
            return new ValueTest.ByKind(order(operator, number(given)), new ValueTest.TextIn(new HashSet<>()));
        }
        if (type == Field.Type.TEXT) {
            return new ValueTest.TextOrder(operator, given.text());
        }
        if (!type.isWhole()) {
            throw wrong("'" + operator.word() + "' not supported for " + kind() + " filters", given.at());
        }
        return order(operator, number(given));
    }

    private static ValueTest order(Operator operator, long number) {
        return switch (operator) {
            case LESS -> number == Long.MIN_VALUE ? nothing() : new ValueTest.LongWithin(Long.MIN_VALUE, number - 1);
            case LESS_OR_EQUAL -> new ValueTest.LongWithin(Long.MIN_VALUE, number);
            case GREATER -> number == Long.MAX_VALUE ? nothing() : new ValueTest.LongWithin(number + 1, Long.MAX_VALUE);
            default -> new ValueTest.LongWithin(number, Long.MAX_VALUE);
        };
    }

    private static ValueTest nothing() {
        return new ValueTest.LongWithin(1, 0);
    }

    private static ValueTest order(Operator operator, double number) {
        return switch (operator) {
            case LESS -> new ValueTest.DoubleWithin(Double.NEGATIVE_INFINITY, true, number, false);
            case LESS_OR_EQUAL -> new ValueTest.DoubleWithin(Double.NEGATIVE_INFINITY, true, number, true);
            case GREATER -> new ValueTest.DoubleWithin(number, false, Double.POSITIVE_INFINITY, true);
            default -> new ValueTest.DoubleWithin(number, true, Double.POSITIVE_INFINITY, true);
        };
    }

    private String text(Operator operator, Given given) throws CompileException {
        boolean isText = type == Field.Type.TEXT || type == Field.Type.DYNAMIC;
        boolean isForBytes =
                operator == Operator.CONTAINS || operator == Operator.STARTS_WITH || operator == Operator.ENDS_WITH;
        if (!isText && !(type == Field.Type.BYTES && isForBytes)) {
            throw wrong("'" + operator.word() + "' not supported for " + kind() + " filters", given.at());
        }
        return written(given);
    }

    /** The text; for a field of bytes, its bytes in UTF-8, a char each. */
    private String written(Given given) {
        return type == Field.Type.BYTES
                ? new String(given.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                : given.text();
    }

    private static ValueTest regex(String expression, Given given) throws CompileException {
        try {
            return new ValueTest.MatchesRegex(Regex.of(expression));
        } catch (PatternException wrong) {
            throw wrong("filter error: invalid regex: " + wrong.getMessage(), given.at());
        }
    }

    /** The bytes that hexadecimal digits say, a char each. */
    private String bytes(Operator operator, Given given) throws CompileException {
        if (type != Field.Type.BYTES && type != Field.Type.DYNAMIC) {
            throw wrong("'" + operator.word() + "' not supported for " + kind() + " filters", given.at());
        }
        try {
            return new String(HexFormat.of().parseHex(given.text()), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException odd) {
            throw wrong(
                    "filter error: " + operator.word() + " filter does not match hexadecimal string: " + given.text(),
                    given.at());
        }
    }

    private long number(Given given) throws CompileException {
        Long service = isPort ? SERVICES.get(given.text()) : null;
        if (service != null) {
            return service;
        }
        OptionalLong number = parse(given.text());
        if (number.isEmpty()) {
            throw wrong(left + " is a number, and '" + given.text() + "' is none", given.at());
        }
        return number.getAsLong();
    }

    private static OptionalLong parse(String text) {
        try {
            if (text.startsWith("0x") || text.startsWith("0X")) {
                return OptionalLong.of(Long.parseUnsignedLong(text.substring(2), 16));
            }
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException none) {
            return OptionalLong.empty();
        }
    }

    private double decimal(Given given) throws CompileException {
        try {
            return Double.parseDouble(given.text());
        } catch (NumberFormatException none) {
            throw wrong(left + " is a number, and '" + given.text() + "' is none", given.at());
        }
    }

    private String kind() {
        return switch (type) {
            case TEXT -> "string";
            case BYTES -> "buffer";
            case LONG, TIME, DURATION, DOUBLE -> "numeric";
            case BOOLEAN -> "boolean";
            case ADDRESS, NETWORK -> "IP";
            case DYNAMIC -> "dynamic";
        };
    }

    private static CompileException wrong(String message, int at) {
        return new CompileException(message, at, false);
    }
}
