package dev.holdfast.policy.cel.function.standard;

import dev.holdfast.core.text.GoText;
import dev.holdfast.policy.cel.value.Budget;
import dev.holdfast.policy.cel.value.Bytes;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Null;
import dev.holdfast.policy.cel.value.Type;
import dev.holdfast.policy.cel.value.Unsigned;
import dev.holdfast.policy.cel.value.Values;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code 'text'.format([…])}.
 *
 * <pre>
 * clause = "%" [ "." DIGIT+ ] ( "s" | "d" | "f" | "e" | "b" | "x" | "X" | "o" ) | "%%" ;
 * </pre>
 *
 * The precision is for {@code f} and {@code e}, which have 6 without it. {@code e} writes its power of ten in small raised digits, as the
 * server does.
 */
public final class TextFormat {
    private static final int USUAL_PRECISION = 6;
    private static final int MOST_PRECISION = 1_000;

    /** The checks of a literal, before there are values, end with the first that fails. */
    @FunctionalInterface
    public interface Clause {
        /** What one clause becomes. */
        String text(char verb, int precision, int index) throws Fault;
    }

    private TextFormat() {}

    static String format(String text, List<Object> arguments) throws Fault {
        return walk(text, (verb, precision, index) -> {
            if (index >= arguments.size()) {
                throw new Fault("index " + index + " out of range");
            }
            return clause(verb, precision, arguments.get(index));
        });
    }

    /** Goes through the clauses of a text and puts in what they become. */
    public static String walk(String text, Clause clause) throws Fault {
        StringBuilder out = new StringBuilder();
        int index = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '%') {
                out.append(c);
                i++;
                continue;
            }
            if (i + 1 >= text.length()) {
                throw new Fault("unexpected end of string");
            }
            if (text.charAt(i + 1) == '%') {
                out.append('%');
                i += 2;
                continue;
            }
            int at = i + 1;
            int precision = USUAL_PRECISION;
            if (text.charAt(at) == '.') {
                int end = at + 1;
                while (end < text.length() && Character.isDigit(text.charAt(end)) && end - at < 6) {
                    end++;
                }
                if (end == at + 1 || end >= text.length()) {
                    throw new Fault("error while parsing precision: unable to find end of precision specifier");
                }
                precision = Integer.parseInt(text.substring(at + 1, end));
                if (precision > MOST_PRECISION) {
                    throw new Fault("error while parsing precision: " + precision + " is too large");
                }
                at = end;
            }
            out.append(clause.text(text.charAt(at), precision, index));
            index++;
            i = at + 1;
        }
        return out.toString();
    }

    private static String clause(char verb, int precision, Object value) throws Fault {
        try {
            return switch (verb) {
                case 's' -> text(value, false);
                case 'd' -> decimal(value);
                case 'f' -> fixed(value, precision);
                case 'e' -> scientific(value, precision);
                case 'b' -> binary(value);
                case 'x' -> hexadecimal(value);
                case 'X' -> hexadecimal(value).toUpperCase(java.util.Locale.ROOT);
                case 'o' -> octal(value);
                default -> throw new Fault("unrecognized formatting clause \"" + verb + "\"");
            };
        } catch (Fault wrong) {
            throw wrong.getMessage().startsWith("unrecognized")
                    ? new Fault("could not parse formatting clause: " + wrong.getMessage())
                    : new Fault("error during formatting: " + wrong.getMessage());
        }
    }

    private static Fault onlyFor(String clause, String types, Object value) {
        return new Fault(clause + " clause can only be used on " + types + ", was given "
                + Values.typeOf(value).name());
    }

    /** {@code %s}: texts inside of lists and maps stand in quotes, maps in the order of their keys. */
    private static String text(Object value, boolean isInside) throws Fault {
        return switch (value) {
            case String text -> isInside ? "\"" + text.replace("\"", "\\\"") + "\"" : text;
            case Double number -> decimalDigits(number);
            case Duration duration -> isInside ? "duration(\"" + Times.text(duration) + "\")" : Times.text(duration);
            case Instant moment -> isInside ? "timestamp(\"" + Times.text(moment) + "\")" : Times.text(moment);
            case List<?> list -> {
                StringBuilder all = new StringBuilder("[");
                for (Object element : list) {
                    Budget.step();
                    all.append(all.length() == 1 ? "" : ", ").append(text(element, true));
                }
                yield all.append(']').toString();
            }
            case Map<?, ?> map -> {
                Map<String, Object> sorted = new TreeMap<>();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    Budget.step();
                    sorted.put(text(entry.getKey(), true), entry.getValue());
                }
                StringBuilder all = new StringBuilder("{");
                for (Map.Entry<String, Object> entry : sorted.entrySet()) {
                    all.append(all.length() == 1 ? "" : ", ")
                            .append(entry.getKey())
                            .append(':');
                    all.append(text(entry.getValue(), true));
                }
                yield all.append('}').toString();
            }
            case Boolean _, Long _, Unsigned _, Bytes _, Null _, Type _ -> value.toString();
            default ->
                throw new Fault("string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists,"
                        + " types, durations, and timestamps, was given "
                        + Values.typeOf(value).name());
        };
    }

    private static String decimalDigits(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.toString(number);
        }
        return number == 0
                ? "0"
                : new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    private static String decimal(Object value) throws Fault {
        return switch (value) {
            case Long _, Unsigned _ -> value.toString();
            default -> throw onlyFor("decimal", "integers", value);
        };
    }

    private static double number(Object value, String clause) throws Fault {
        return switch (value) {
            case Double number -> number;
            case Long number -> (double) number;
            case Unsigned number -> number.toDouble();
            default -> throw onlyFor(clause, "doubles", value);
        };
    }

    private static String fixed(Object value, int precision) throws Fault {
        double number = number(value, "fixed-point");
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.toString(number);
        }
        return new BigDecimal(number)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String scientific(Object value, int precision) throws Fault {
        double number = number(value, "scientific");
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.toString(number);
        }
        BigDecimal exact = new BigDecimal(number).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = number == 0 ? 0 : exact.precision() - exact.scale() - 1;
        String mantissa = exact.scaleByPowerOfTen(-exponent)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
        String size = String.valueOf(Math.abs(exponent));
        StringBuilder raised = new StringBuilder(exponent < 0 ? "⁻" : "⁺");
        if (exponent >= 0) {
            raised.setLength(0);
        }
        String digits = size.length() == 1 ? "0" + size : size;
        for (int i = 0; i < digits.length(); i++) {
            raised.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digits.charAt(i) - '0'));
        }
        return mantissa + "×10" + raised;
    }

    private static String signed(long number, int radix) {
        return Long.toString(number, radix);
    }

    private static String binary(Object value) throws Fault {
        return switch (value) {
            case Long number -> signed(number, 2);
            case Unsigned number -> Long.toUnsignedString(number.bits(), 2);
            case Boolean bool -> bool ? "1" : "0";
            default -> throw onlyFor("binary", "integers and bools", value);
        };
    }

    private static String hexadecimal(Object value) throws Fault {
        return switch (value) {
            case Long number -> signed(number, 16);
            case Unsigned number -> Long.toUnsignedString(number.bits(), 16);
            case String text -> Bytes.utf8(text).hex();
            case Bytes bytes -> bytes.hex();
            default -> throw onlyFor("hex", "integers, byte buffers, and strings", value);
        };
    }

    private static String octal(Object value) throws Fault {
        return switch (value) {
            case Long number -> signed(number, 8);
            case Unsigned number -> Long.toUnsignedString(number.bits(), 8);
            default -> throw onlyFor("octal", "integers", value);
        };
    }

    /**
     * Refuses a type that a clause does not take, as far as types tell; a dynamic one may be anything.
     *
     * @param before run when the type is to blame, and not the clause
     */
    public static void requireTakes(char verb, Type type, Runnable before) throws Fault {
        String types = switch (verb) {
            case 's' ->
                "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types,"
                        + " durations, and timestamps";
            case 'd' -> "decimal clause can only be used on integers";
            case 'f' -> "fixed-point clause can only be used on doubles";
            case 'e' -> "scientific clause can only be used on doubles";
            case 'b' -> "binary clause can only be used on integers and bools";
            case 'x', 'X' -> "hex clause can only be used on integers, byte buffers, and strings";
            case 'o' -> "octal clause can only be used on integers";
            default ->
                throw new Fault("could not parse formatting clause: unrecognized formatting clause "
                        + GoText.quoted(String.valueOf(verb)));
        };
        if (!takes(verb, type)) {
            before.run();
            throw new Fault("error during formatting: " + types + ", was given " + type.shown());
        }
    }

    private static boolean takes(char verb, Type type) {
        return switch (type.kind()) {
            case DYN, ERROR, PARAMETER -> true;
            case INT, UINT -> "sdfebxXo".indexOf(verb) >= 0;
            case DOUBLE -> "sfe".indexOf(verb) >= 0;
            case BOOL -> "sb".indexOf(verb) >= 0;
            case STRING, BYTES -> "sxX".indexOf(verb) >= 0;
            case NULL, TIMESTAMP, DURATION, LIST, MAP, TYPE -> verb == 's';
            case STRUCT, OPTIONAL -> false;
        };
    }
}
