package dev.holdfast.manifest.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as Go reads and writes them. */
public final class GoNumbers {
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?([0-9][0-9_]*\\.?[0-9_]*|\\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?");
    private static final Pattern HEXADECIMAL_FRACTION =
            Pattern.compile("[-+]?0[xX][0-9a-fA-F_]*\\.?[0-9a-fA-F_]*[pP][-+]?[0-9]+");

    /** From this power of ten on {@code %v} writes an exponent. */
    private static final int USUAL_EXPONENT = 6;

    private GoNumbers() {}

    /** A number in a template; empty when it is none. */
    static Optional<Piece.Numeral> literal(String text, int at) {
        Optional<Long> whole = whole(text, 0);
        if (whole.isPresent()) {
            return Optional.of(new Piece.Numeral(whole, whole.get(), false, at));
        }
        Optional<Double> decimal = decimal(text);
        if (decimal.isEmpty()) {
            return Optional.empty();
        }
        double value = decimal.get();
        boolean isIntegral = value == Math.rint(value) && Math.abs(value) < 0x1p63;
        return Optional.of(
                new Piece.Numeral(isIntegral ? Optional.of((long) value) : Optional.empty(), value, true, at));
    }

    /**
     * A whole number of 64 bits.
     *
     * @param base 0 lets the text choose by {@code 0x}, {@code 0b}, {@code 0o} or a leading 0
     */
    public static Optional<Long> whole(String text, int base) {
        boolean isNegative = text.startsWith("-");
        String digits = isNegative || text.startsWith("+") ? text.substring(1) : text;
        int radix = base;
        if (base == 0) {
            radix = 10;
            if (digits.length() > 1 && digits.charAt(0) == '0') {
                char mark = Character.toLowerCase(digits.charAt(1));
                radix = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
                digits = digits.substring(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
            }
            digits = digits.replace("_", "");
        }
        if (digits.isEmpty() || digits.charAt(0) == '-' || digits.charAt(0) == '+') {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(isNegative ? "-" + digits : digits, radix));
        } catch (NumberFormatException wrong) {
            return Optional.empty();
        }
    }

    /** A decimal number. */
    public static Optional<Double> decimal(String text) {
        try {
            if (DECIMAL.matcher(text).matches()) {
                return Optional.of(Double.parseDouble(text.replace("_", "")));
            }
            if (HEXADECIMAL_FRACTION.matcher(text).matches()) {
                return Optional.of(Double.parseDouble(text.replace("_", "")));
            }
        } catch (NumberFormatException wrong) {
            return Optional.empty();
        }
        String bare = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        double sign = text.startsWith("-") ? -1 : 1;
        return switch (bare.toLowerCase(java.util.Locale.ROOT)) {
            case "inf", "infinity" -> Optional.of(sign * Double.POSITIVE_INFINITY);
            case "nan" -> bare.equals(text) ? Optional.of(Double.NaN) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** As {@code %v} writes it. */
    public static String text(double value) {
        return shortest(value, USUAL_EXPONENT);
    }

    /**
     * The fewest digits that read back as the same number.
     *
     * @param exponent the power of ten from which on it is written with one
     */
    public static String shortest(double value, int exponent) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        String sign = value < 0 || 1 / value < 0 ? "-" : "";
        if (value == 0) {
            return sign + "0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = decimal.unscaledValue().toString();
        int power = digits.length() - decimal.scale() - 1;
        if (power < -4 || power >= exponent) {
            return sign + scientific(digits, power);
        }
        return sign + decimal.toPlainString();
    }

    private static String scientific(String digits, int power) {
        String mantissa = digits.length() > 1 ? digits.charAt(0) + "." + digits.substring(1) : digits;
        int absolute = Math.abs(power);
        return mantissa + "e" + (power < 0 ? "-" : "+") + (absolute < 10 ? "0" : "") + absolute;
    }

    /** As {@code %f} writes it. */
    public static String fixed(double value, int precision) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return shortest(value, USUAL_EXPONENT);
        }
        String text = new BigDecimal(value)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
        return text.startsWith("-") || !(value < 0 || 1 / value < 0) ? text : "-" + text;
    }

    /** As {@code %e} writes it; a negative precision asks for the fewest digits. */
    public static String exponential(double value, int precision) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return shortest(value, USUAL_EXPONENT);
        }
        String sign = value < 0 || 1 / value < 0 ? "-" : "";
        if (value == 0) {
            return sign + scientific("0".repeat(precision + 1), 0);
        }
        BigDecimal rounded =
                new BigDecimal(Math.abs(value)).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        String digits = rounded.unscaledValue().toString();
        int power = digits.length() - rounded.scale() - 1;
        String padded = digits.length() < precision + 1 ? digits + "0".repeat(precision + 1 - digits.length()) : digits;
        return sign + scientific(padded.substring(0, precision + 1), power);
    }

    /** As {@code %g} writes it; a negative precision asks for the fewest digits. */
    public static String general(double value, int precision) {
        if (precision < 0 || Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
            return shortest(value, USUAL_EXPONENT);
        }
        int digits = Math.max(1, precision);
        BigDecimal rounded = new BigDecimal(Math.abs(value))
                .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        String shown = rounded.unscaledValue().toString();
        int power = shown.length() - rounded.scale() - 1;
        String sign = value < 0 ? "-" : "";
        return power < -4 || power >= digits ? sign + scientific(shown, power) : sign + rounded.toPlainString();
    }

    /** A decimal's whole part as Go converts it to 64 bits. */
    public static long truncated(double value) {
        return value >= 0x1p63 || value < -0x1p63 || Double.isNaN(value) ? Long.MIN_VALUE : (long) value;
    }
}
