package dev.holdfast.manifest.helm.functions;

import static dev.holdfast.manifest.template.FunctionTable.Parameter.ANY;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.FLOAT;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.INT;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.STRING;

import dev.holdfast.manifest.template.Budget;
import dev.holdfast.manifest.template.FunctionTable;
import dev.holdfast.manifest.template.GoFormat;
import dev.holdfast.manifest.template.GoNumbers;
import dev.holdfast.manifest.template.Sized;
import dev.holdfast.manifest.template.TemplateFault;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Arithmetic. Whatever is given is converted first, as the cast library does: what is no number counts as 0. */
final class NumberFunctions {
    /** How many digits a division of decimals gives after the point. */
    private static final int DIVISION_DIGITS = 16;

    private NumberFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("int", (a, _) -> whole(a.getFirst()), ANY);
        table.add("int64", (a, _) -> Sized.int64(whole(a.getFirst())), ANY);
        table.add("float64", (a, _) -> decimal(a.getFirst()), ANY);
        table.add("atoi", (a, _) -> GoNumbers.whole(Given.text(a, 0), 10).orElse(0L), STRING);
        table.add(
                "toDecimal",
                (a, _) -> Sized.int64(
                        GoNumbers.whole(GoFormat.text(a.getFirst()), 8).orElse(0L)),
                ANY);
        table.add("add1", (a, _) -> Sized.int64(whole(a.getFirst()) + 1), ANY);
        table.addVariadic("add", (a, _) -> folded(a, 0, Long::sum), ANY);
        table.addVariadic("mul", (a, _) -> folded(a, 1, (one, other) -> one * other), ANY, ANY);
        table.add("sub", (a, _) -> Sized.int64(whole(a.get(0)) - whole(a.get(1))), ANY, ANY);
        table.add("div", (a, _) -> Sized.int64(whole(a.get(0)) / divisor(a.get(1))), ANY, ANY);
        table.add("mod", (a, _) -> Sized.int64(whole(a.get(0)) % divisor(a.get(1))), ANY, ANY);
        table.addVariadic("max", (a, _) -> folded(a, whole(a.getFirst()), Math::max), ANY, ANY);
        table.alias("biggest", "max");
        table.addVariadic("min", (a, _) -> folded(a, whole(a.getFirst()), Math::min), ANY, ANY);
        table.addVariadic("maxf", (a, _) -> foldedDecimals(a, Math::max), ANY, ANY);
        table.addVariadic("minf", (a, _) -> foldedDecimals(a, Math::min), ANY, ANY);
        table.add("add1f", (a, _) -> exact(a.getFirst(), List.of(1L), BigDecimal::add), ANY);
        table.addVariadic("addf", (a, _) -> exact(0L, a, BigDecimal::add), ANY);
        table.addVariadic(
                "subf", (a, _) -> exact(a.getFirst(), a.subList(1, a.size()), BigDecimal::subtract), ANY, ANY);
        table.addVariadic(
                "mulf", (a, _) -> exact(a.getFirst(), a.subList(1, a.size()), BigDecimal::multiply), ANY, ANY);
        table.addVariadic("divf", (a, _) -> divided(a), ANY, ANY);
        table.add("floor", (a, _) -> Math.floor(decimal(a.getFirst())), ANY);
        table.add("ceil", (a, _) -> Math.ceil(decimal(a.getFirst())), ANY);
        table.addVariadic("round", (a, _) -> rounded(a), ANY, INT, FLOAT);
        table.add("until", (a, e) -> until(0, Given.number(a, 0), Given.number(a, 0) < 0 ? -1 : 1, e.budget()), INT);
        table.add(
                "untilStep",
                (a, e) -> until(Given.number(a, 0), Given.number(a, 1), Given.number(a, 2), e.budget()),
                INT,
                INT,
                INT);
        table.addVariadic("seq", (a, e) -> sequence(a, e.budget()), INT);
    }

    /** A value as a whole number: decimals lose their fraction, texts are read, with a base by their prefix. */
    static long whole(@Nullable Object value) {
        return switch (value) {
            case Long number -> number;
            case Sized number -> number.value();
            case Double number -> GoNumbers.truncated(number);
            case Boolean is -> is ? 1 : 0;
            case String text -> GoNumbers.whole(withoutZeroFraction(text), 0).orElse(0L);
            case null, default -> 0;
        };
    }

    private static String withoutZeroFraction(String text) {
        int point = text.indexOf('.');
        boolean isZero = point > 0 && text.chars().skip(point + 1L).allMatch(c -> c == '0');
        return isZero ? text.substring(0, point) : text;
    }

    static double decimal(@Nullable Object value) {
        return switch (value) {
            case Double number -> number;
            case Long number -> number;
            case Sized number -> number.value();
            case Boolean is -> is ? 1 : 0;
            case String text -> GoNumbers.decimal(text).orElse(0.0);
            case null, default -> 0;
        };
    }

    private static long divisor(@Nullable Object value) throws TemplateFault {
        long number = whole(value);
        if (number == 0) {
            throw TemplateFault.of("runtime error: integer divide by zero");
        }
        return number;
    }

    private static Sized folded(List<@Nullable Object> values, long start, LongBinaryOperator operator) {
        long result = start;
        for (Object value : values) {
            result = operator.applyAsLong(result, whole(value));
        }
        return Sized.int64(result);
    }

    private static double foldedDecimals(List<@Nullable Object> values, DoubleBinaryOperator operator) {
        double result = decimal(values.getFirst());
        for (Object value : values) {
            result = operator.applyAsDouble(result, decimal(value));
        }
        return result;
    }

    private static BigDecimal big(@Nullable Object value) throws TemplateFault {
        double number = decimal(value);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw TemplateFault.of("Cannot create a Decimal from " + GoNumbers.text(number));
        }
        return new BigDecimal(Double.toString(number));
    }

    private static double exact(@Nullable Object start, List<?> values, BinaryOperator<BigDecimal> operator)
            throws TemplateFault {
        BigDecimal result = big(start);
        for (Object value : values) {
            result = operator.apply(result, big(value)).round(MathContext.UNLIMITED);
        }
        return result.doubleValue();
    }

    private static double divided(List<@Nullable Object> values) throws TemplateFault {
        BigDecimal result = big(values.getFirst());
        for (Object value : values.subList(1, values.size())) {
            BigDecimal by = big(value);
            if (by.signum() == 0) {
                throw TemplateFault.of("decimal division by 0");
            }
            result = result.divide(by, DIVISION_DIGITS, RoundingMode.HALF_UP);
        }
        return result.doubleValue();
    }

    private static double rounded(List<@Nullable Object> arguments) {
        double half = arguments.size() > 2 && arguments.get(2) instanceof Double on ? on : .5;
        double power = Math.pow(10, Given.number(arguments, 1));
        double digits = power * decimal(arguments.getFirst());
        double fraction = digits - (digits < 0 ? Math.ceil(digits) : Math.floor(digits));
        return (fraction >= half ? Math.ceil(digits) : Math.floor(digits)) / power;
    }

    private static List<Object> until(long start, long stop, long step, Budget budget) throws TemplateFault {
        List<Object> numbers = new ArrayList<>();
        boolean isDown = stop < start;
        if (step == 0 || isDown != step < 0 || start == stop) {
            return numbers;
        }
        budget.make(Math.abs((stop - start) / step) * 4);
        for (long i = start; isDown ? i > stop : i < stop; i += step) {
            numbers.add(i);
        }
        return numbers;
    }

    private static String sequence(List<@Nullable Object> arguments, Budget budget) throws TemplateFault {
        if (arguments.isEmpty() || arguments.size() > 3) {
            return "";
        }
        long start = arguments.size() == 1 ? 1 : Given.number(arguments, 0);
        long end = Given.number(arguments, arguments.size() - 1);
        long direction = end < start ? -1 : 1;
        long step = arguments.size() == 3 ? Given.number(arguments, 1) : direction;
        if (arguments.size() == 3 && end < start && step > 0) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        for (Object number : until(start, end + direction, step, budget)) {
            out.append(out.isEmpty() ? "" : " ").append(number);
        }
        return out.toString();
    }
}
