package dev.holdfast.policy.cel.function.kubernetes;

import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Named;
import dev.holdfast.policy.cel.value.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A Kubernetes quantity (k8s.io/apimachinery, resource.Quantity).
 *
 * <pre>
 * quantity = [ "+" | "-" ] digits [ suffix ] ;
 * digits   = DIGIT+ | DIGIT+ "." DIGIT* | "." DIGIT+ ;
 * suffix   = "n" | "u" | "m" | "" | "k" | "M" | "G" | "T" | "P" | "E" | "Ki" | "Mi" | "Gi" | "Ti" | "Pi" | "Ei"
 *          | ( "e" | "E" ) [ "+" | "-" ] DIGIT+ ;
 * </pre>
 *
 * What is finer than nano is rounded away from zero. The server keeps most quantities as a whole number and a power of ten, and only those can
 * be asked for an integer.
 *
 * @param amount the number
 * @param integer the same as a whole number, where the server can say it
 */
record Quantity(BigDecimal amount, OptionalLong integer) implements Named, Comparable<Quantity> {
    static final String TYPE = "kubernetes.Quantity";

    private static final String WRONG =
            "quantities must match the regular expression" + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    /** Decimal digits that surely fit 64 bits. */
    private static final int SAFE_DIGITS = 18;

    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    /** More digits than this are no quantity of anything. */
    private static final int LONGEST = 1_000;

    private static final int LARGEST_EXPONENT = 1_000;

    static void addTo(Library library) {
        Cost walk = arguments -> Values.walking(Values.size(arguments[0]));
        library.global(
                        "quantity",
                        "string",
                        TYPE,
                        walk,
                        a -> parse((String) a[0]).orElseThrow(() -> new Fault(WRONG)))
                .global(
                        "isQuantity",
                        "string",
                        "bool",
                        walk,
                        a -> parse((String) a[0]).isPresent());
        library.global("sign", TYPE, "int", Cost.ONE, a ->
                        (long) of(a[0]).amount.signum())
                .member(
                        "isInteger",
                        TYPE,
                        "bool",
                        Cost.ONE,
                        a -> of(a[0]).integer.isPresent())
                .member(
                        "asInteger",
                        TYPE,
                        "int",
                        Cost.ONE,
                        a -> of(a[0]).integer.orElseThrow(() -> new Fault("cannot convert value to integer")))
                .member(
                        "asApproximateFloat",
                        TYPE,
                        "double",
                        Cost.ONE,
                        a -> of(a[0]).amount.doubleValue());
        library.member("isGreaterThan", TYPE + "," + TYPE, "bool", Cost.ONE, a -> of(a[0]).compareTo(of(a[1])) > 0)
                .member("isLessThan", TYPE + "," + TYPE, "bool", Cost.ONE, a -> of(a[0]).compareTo(of(a[1])) < 0)
                .member("compareTo", TYPE + "," + TYPE, "int", Cost.ONE, a -> (long) of(a[0]).compareTo(of(a[1])));
        library.member(
                        "add",
                        TYPE + "," + TYPE,
                        TYPE,
                        Cost.ONE,
                        a -> of(of(a[0]).amount.add(of(a[1]).amount)))
                .member(
                        "add",
                        TYPE + ",int",
                        TYPE,
                        Cost.ONE,
                        a -> of(of(a[0]).amount.add(BigDecimal.valueOf((Long) a[1]))))
                .member(
                        "sub",
                        TYPE + "," + TYPE,
                        TYPE,
                        Cost.ONE,
                        a -> of(of(a[0]).amount.subtract(of(a[1]).amount)))
                .member(
                        "sub",
                        TYPE + ",int",
                        TYPE,
                        Cost.ONE,
                        a -> of(of(a[0]).amount.subtract(BigDecimal.valueOf((Long) a[1]))));
    }

    private static Quantity of(Object value) {
        return (Quantity) value;
    }

    private static Quantity of(BigDecimal amount) {
        boolean isWhole = amount.stripTrailingZeros().scale() <= 0
                && amount.toBigInteger().bitLength() < Long.SIZE;
        return new Quantity(amount, isWhole ? OptionalLong.of(amount.longValue()) : OptionalLong.empty());
    }

    static Optional<Quantity> parse(String text) {
        int at = 0;
        boolean isNegative = text.startsWith("-");
        if (isNegative || text.startsWith("+")) {
            at++;
        }
        int point = skipDigits(text, at);
        int end = point;
        if (point < text.length() && text.charAt(point) == '.') {
            end = skipDigits(text, point + 1);
        }
        String whole = text.substring(at, point);
        String fraction = end > point ? text.substring(point + 1, end) : "";
        if (whole.isEmpty() && fraction.isEmpty() || end > LONGEST) {
            return Optional.empty();
        }
        Optional<Scale> scale = Scale.of(text.substring(end));
        return scale.map(unit -> scaled(isNegative, whole.replaceFirst("^0+", ""), fraction, unit));
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static Quantity scaled(boolean isNegative, String whole, String fraction, Scale unit) {
        String digits = whole + fraction;
        BigDecimal number = new BigDecimal(new BigInteger(digits.isEmpty() ? "0" : digits), fraction.length());
        BigDecimal amount = unit.isBinary
                ? number.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(unit.exponent)))
                : number.scaleByPowerOfTen(unit.exponent);
        BigDecimal fine = amount.scale() > 9 ? amount.setScale(9, RoundingMode.UP) : amount;
        BigDecimal signed = isNegative ? fine.negate() : fine;
        int room = unit.isBinary
                ? 15 - whole.length() - unit.exponent * 3 / 10 - 1
                : SAFE_DIGITS - whole.length() - fraction.length();
        boolean isSmall = room >= 0 && !(unit.isBinary && unit.exponent > 0 && !fraction.isEmpty());
        int power = unit.isBinary ? 0 : unit.exponent;
        boolean isExact = isSmall && power - fraction.length() >= -9;
        if (!isExact) {
            return new Quantity(signed.min(LARGEST), OptionalLong.empty());
        }
        boolean isInteger =
                power - fraction.length() >= 0 && signed.toBigInteger().bitLength() < Long.SIZE;
        return new Quantity(signed, isInteger ? OptionalLong.of(signed.longValueExact()) : OptionalLong.empty());
    }

    /** What a suffix multiplies with: a power of two or of ten. */
    private record Scale(boolean isBinary, int exponent) {
        private static Optional<Scale> of(String suffix) {
            return switch (suffix) {
                case "n" -> ten(-9);
                case "u" -> ten(-6);
                case "m" -> ten(-3);
                case "" -> ten(0);
                case "k" -> ten(3);
                case "M" -> ten(6);
                case "G" -> ten(9);
                case "T" -> ten(12);
                case "P" -> ten(15);
                case "E" -> ten(18);
                case "Ki" -> two(10);
                case "Mi" -> two(20);
                case "Gi" -> two(30);
                case "Ti" -> two(40);
                case "Pi" -> two(50);
                case "Ei" -> two(60);
                default -> exponent(suffix);
            };
        }

        private static Optional<Scale> ten(int exponent) {
            return Optional.of(new Scale(false, exponent));
        }

        private static Optional<Scale> two(int exponent) {
            return Optional.of(new Scale(true, exponent));
        }

        private static Optional<Scale> exponent(String suffix) {
            boolean hasSign = suffix.length() > 1 && (suffix.charAt(1) == '+' || suffix.charAt(1) == '-');
            int digits = hasSign ? 2 : 1;
            boolean isExponent = (suffix.startsWith("e") || suffix.startsWith("E"))
                    && suffix.length() > digits
                    && suffix.length() < 8
                    && skipDigits(suffix, digits) == suffix.length();
            if (!isExponent) {
                return Optional.empty();
            }
            int exponent = Integer.parseInt(suffix.substring(1));
            return Math.abs(exponent) > LARGEST_EXPONENT ? Optional.empty() : ten(exponent);
        }
    }

    @Override
    public String typeName() {
        return TYPE;
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity quantity && compareTo(quantity) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }
}
