package dev.holdfast.policy.cel.function.standard;

import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Bytes;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Unsigned;
import dev.holdfast.policy.cel.value.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** From one type to another: {@code int('1')}, {@code string(2)}, {@code type(x)}, {@code size(x)}. */
public final class Conversions {
    /** The functions that are evaluated once, when the expression is compiled, if their argument is a constant. */
    public static final Set<String> NAMES =
            Set.of("bool", "bytes", "double", "duration", "dyn", "int", "string", "timestamp", "type", "uint");

    private static final Cost WALK = arguments -> Values.walking(Values.size(arguments[0]));

    private Conversions() {}

    static void addTo(Library library) {
        library.global("bool", "bool", "bool", Cost.ONE, a -> a[0])
                .global("bool", "string", "bool", Cost.ONE, a -> bool((String) a[0]));
        library.global("bytes", "bytes", "bytes", Cost.ONE, a -> a[0])
                .global("bytes", "string", "bytes", WALK, a -> Bytes.utf8((String) a[0]));
        library.global("double", "double", "double", Cost.ONE, a -> a[0])
                .global("double", "int", "double", Cost.ONE, a -> ((Long) a[0]).doubleValue())
                .global("double", "string", "double", Cost.ONE, a -> decimal((String) a[0]))
                .global("double", "uint", "double", Cost.ONE, a -> ((Unsigned) a[0]).toDouble());
        library.global("dyn", "A", "dyn", Cost.ONE, a -> a[0])
                .global("type", "A", "type(A)", Cost.ONE, a -> Values.typeOf(a[0]));
        integers(library);
        texts(library);
        library.both("size", "bytes", "int", Cost.ONE, a -> Values.size(a[0]))
                .both("size", "list(A)", "int", Cost.ONE, a -> Values.size(a[0]))
                .both("size", "map(A,B)", "int", Cost.ONE, a -> Values.size(a[0]))
                .both("size", "string", "int", Cost.ONE, a -> Values.size(a[0]));
    }

    private static void integers(Library library) {
        library.global("int", "int", "int", Cost.ONE, a -> a[0])
                .global("int", "double", "int", Cost.ONE, a -> integer((Double) a[0]))
                .global("int", "duration", "int", Cost.ONE, a -> ((Duration) a[0]).toNanos())
                .global("int", "string", "int", Cost.ONE, a -> integer((String) a[0]))
                .global("int", "timestamp", "int", Cost.ONE, a -> ((Instant) a[0]).getEpochSecond())
                .global("int", "uint", "int", Cost.ONE, a -> {
                    if (!((Unsigned) a[0]).fitsLong()) {
                        throw new Fault("integer overflow");
                    }
                    return ((Unsigned) a[0]).bits();
                });
        library.global("uint", "uint", "uint", Cost.ONE, a -> a[0])
                .global("uint", "double", "uint", Cost.ONE, a -> unsigned((Double) a[0]))
                .global("uint", "int", "uint", Cost.ONE, a -> {
                    if ((Long) a[0] < 0) {
                        throw new Fault("unsigned integer overflow");
                    }
                    return new Unsigned((Long) a[0]);
                })
                .global("uint", "string", "uint", Cost.ONE, a -> unsigned((String) a[0]));
    }

    private static void texts(Library library) {
        library.global("string", "string", "string", Cost.ONE, a -> a[0])
                .global("string", "bool", "string", Cost.ONE, a -> a[0].toString())
                .global("string", "bytes", "string", WALK, a -> ((Bytes) a[0]).text())
                .global("string", "double", "string", Cost.ONE, a -> shortest((Double) a[0]))
                .global("string", "duration", "string", Cost.ONE, a -> Times.text((Duration) a[0]))
                .global("string", "int", "string", Cost.ONE, a -> a[0].toString())
                .global("string", "timestamp", "string", Cost.ONE, a -> Times.text((Instant) a[0]))
                .global("string", "uint", "string", Cost.ONE, a -> a[0].toString());
    }

    private static Fault cannot(String from, String to) {
        return new Fault("type conversion error from '" + from + "' to '" + to + "'");
    }

    private static Boolean bool(String text) throws Fault {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw cannot("string", "bool");
        };
    }

    private static Long integer(String text) throws Fault {
        try {
            return Long.valueOf(requireDigits(text, "int"));
        } catch (NumberFormatException none) {
            throw cannot("string", "int");
        }
    }

    private static Unsigned unsigned(String text) throws Fault {
        try {
            if (text.startsWith("+") || text.startsWith("-")) {
                throw cannot("string", "uint");
            }
            return Unsigned.parse(requireDigits(text, "uint"), 10);
        } catch (NumberFormatException none) {
            throw cannot("string", "uint");
        }
    }

    /** Java takes digits of all scripts, Go those of ASCII. */
    private static String requireDigits(String text, String type) throws Fault {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                throw cannot("string", type);
            }
        }
        return text;
    }

    /** Go's ParseFloat: decimal or hexadecimal digits, {@code inf}, {@code infinity}, {@code nan} in any case; too large is an error. */
    private static Double decimal(String text) throws Fault {
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        String unsigned = lower.startsWith("+") || lower.startsWith("-") ? lower.substring(1) : lower;
        if (unsigned.equals("inf") || unsigned.equals("infinity")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (lower.equals("nan")) {
            return Double.NaN;
        }
        boolean isPlain = !unsigned.isEmpty()
                && (Character.digit(unsigned.charAt(0), 10) >= 0 || unsigned.charAt(0) == '.')
                && !unsigned.endsWith("f")
                && !unsigned.endsWith("d")
                && !Character.isWhitespace(unsigned.charAt(unsigned.length() - 1));
        try {
            double value = isPlain ? Double.parseDouble(requireDigits(lower, "double")) : Double.NaN;
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException none) {
            throw cannot("string", "double");
        }
        throw cannot("string", "double");
    }

    private static Long integer(Double number) throws Fault {
        if (Double.isNaN(number) || number <= -0x1p63 || number >= 0x1p63) {
            throw new Fault("integer overflow");
        }
        return number.longValue();
    }

    private static Unsigned unsigned(Double number) throws Fault {
        if (Double.isNaN(number) || number < 0 || number >= Unsigned.LIMIT) {
            throw new Fault("unsigned integer overflow");
        }
        return new Unsigned(new BigDecimal(number).toBigInteger().longValue());
    }

    /** Go's {@code %g}: the shortest digits, with an exponent when it is below -4 or above 5. */
    static String shortest(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String size = String.valueOf(Math.abs(exponent));
        return (number < 0 ? "-" : "")
                + mantissa
                + (exponent < 0 ? "e-" : "e+")
                + (size.length() == 1 ? "0" : "")
                + size;
    }
}
