package dev.holdfast.manifest.helm.functions;

import dev.holdfast.core.json.JsonEscapes;
import dev.holdfast.manifest.template.Budget;
import dev.holdfast.manifest.template.GoNumbers;
import dev.holdfast.manifest.template.Shape;
import dev.holdfast.manifest.template.TemplateFault;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as Go's JSON encoder does. */
final class JsonText {
    /** A map that contains itself nests without end. */
    private static final int DEEPEST = 500;

    /** From this power of ten on numbers have an exponent. */
    private static final int EXPONENT = 21;

    private final StringBuilder out = new StringBuilder();
    private final boolean isEscaped;
    private final String indent;
    private final Budget budget;

    private JsonText(boolean isEscaped, String indent, Budget budget) {
        this.isEscaped = isEscaped;
        this.indent = indent;
        this.budget = budget;
    }

    /**
     * A value as JSON.
     *
     * @param isEscaped whether what HTML treats as its own is escaped
     * @param indent the indent of a level; empty for one line
     */
    static String of(@Nullable Object value, boolean isEscaped, String indent, Budget budget) throws TemplateFault {
        JsonText text = new JsonText(isEscaped, indent, budget);
        text.write(value, 0);
        return text.out.toString();
    }

    private void write(@Nullable Object value, int depth) throws TemplateFault {
        if (depth > DEEPEST) {
            throw new TemplateFault(TemplateFault.Kind.LIMIT, "a value nests deeper than " + DEEPEST);
        }
        budget.make(4);
        switch (value) {
            case null -> out.append("null");
            case String text -> quoted(text);
            case Double number -> out.append(number(number));
            case byte[] bytes -> quoted(Base64.getEncoder().encodeToString(bytes));
            case List<?> list -> list(list, depth);
            case Map<?, ?> map -> map(map, depth);
            case Shape shape -> quoted(shape.toString());
            default -> out.append(value);
        }
    }

    static String number(double number) {
        double size = Math.abs(number);
        if (size != 0 && size < 1e-6) {
            String text = GoNumbers.shortest(number, EXPONENT);
            return text.contains("e-0") ? text.replace("e-0", "e-") : text;
        }
        if (number == Math.rint(number) && size < 1e21) {
            return new java.math.BigDecimal(number).toPlainString();
        }
        return size < 1e21 && size != 0
                ? new java.math.BigDecimal(Double.toString(number))
                        .stripTrailingZeros()
                        .toPlainString()
                : GoNumbers.shortest(number, EXPONENT);
    }

    private void list(List<?> list, int depth) throws TemplateFault {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            out.append(i == 0 ? "" : ",");
            line(depth + 1);
            write(list.get(i), depth + 1);
        }
        if (!list.isEmpty()) {
            line(depth);
        }
        out.append(']');
    }

    private void map(Map<?, ?> map, int depth) throws TemplateFault {
        out.append('{');
        boolean isFirst = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(isFirst ? "" : ",");
            line(depth + 1);
            quoted(String.valueOf(entry.getKey()));
            out.append(indent.isEmpty() ? ":" : ": ");
            write(entry.getValue(), depth + 1);
            isFirst = false;
        }
        if (!map.isEmpty()) {
            line(depth);
        }
        out.append('}');
    }

    private void line(int depth) {
        if (!indent.isEmpty()) {
            out.append('\n').repeat(indent, depth);
        }
    }

    private void quoted(String text) throws TemplateFault {
        budget.make(text.length());
        out.append('"');
        JsonEscapes.append(text, out, isEscaped ? JsonEscapes.OF_GO_FOR_HTML : JsonEscapes.OF_GO);
        out.append('"');
    }
}
