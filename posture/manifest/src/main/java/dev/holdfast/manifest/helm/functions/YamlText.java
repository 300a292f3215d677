package dev.holdfast.manifest.helm.functions;

import dev.holdfast.manifest.template.Budget;
import dev.holdfast.manifest.template.Evaluation;
import dev.holdfast.manifest.template.GoNumbers;
import dev.holdfast.manifest.template.Mark;
import dev.holdfast.manifest.template.Origin;
import dev.holdfast.manifest.template.Provenance;
import dev.holdfast.manifest.template.Shape;
import dev.holdfast.manifest.template.TemplateFault;
import dev.holdfast.manifest.template.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as Go's YAML encoder (version 2) does, byte for byte where charts can see it: keys in natural order, lists not indented, lines
 * broken after 80 columns. Each entry is marked with the named value that it is.
 */
final class YamlText {
    /** A map that contains itself nests without end. */
    private static final int DEEPEST = 500;

    private final StringBuilder out = new StringBuilder();
    private final Trace.Builder trace = new Trace.Builder();
    private final Function<Origin, Mark> here;
    private final Provenance provenance;
    private final Budget budget;
    private final boolean isPretty;

    YamlText(Evaluation evaluation, boolean isPretty) {
        this(evaluation.budget(), evaluation.provenance(), evaluation::here, isPretty);
    }

    YamlText(Budget budget, Provenance provenance, Function<Origin, Mark> here, boolean isPretty) {
        this.here = here;
        this.provenance = provenance;
        this.budget = budget;
        this.isPretty = isPretty;
    }

    /** A value as YAML, without the last line end. */
    String of(@Nullable Object value) throws TemplateFault {
        Optional<Origin> origin = value == null ? Optional.empty() : provenance.of(value);
        mark(origin);
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> map(map, 0, 0, origin);
            case List<?> list when !list.isEmpty() -> list(list, 0, 0, origin);
            case null, default -> {
                scalar(value, 0, false);
                out.append('\n');
            }
        }
        if (!out.isEmpty() && out.charAt(out.length() - 1) == '\n') {
            out.setLength(out.length() - 1);
        }
        return trace.isEmpty() ? out.toString() : provenance.traced(out.toString(), trace.build());
    }

    private void mark(Optional<Origin> origin) {
        origin.ifPresent(each -> trace.mark(out.length(), here.apply(each)));
    }

    private static Optional<Origin> within(Optional<Origin> own, Optional<Origin> outer, String step) {
        return own.or(() -> outer.map(each -> each.child(step)));
    }

    private Optional<Origin> known(@Nullable Object value) {
        return value == null ? Optional.empty() : provenance.of(value);
    }

    private void map(Map<?, ?> map, int indent, int depth, Optional<Origin> origin) throws TemplateFault {
        refuseDepth(depth);
        List<String> keys = new ArrayList<>();
        map.keySet().forEach(key -> keys.add(String.valueOf(key)));
        keys.sort(YamlText::naturally);
        boolean isFirst = true;
        for (String key : keys) {
            Object value = map.get(key);
            Optional<Origin> own = within(known(value), origin, key);
            if (!isFirst) {
                out.repeat(' ', indent);
            }
            mark(own);
            isFirst = false;
            key(key, indent);
            value(value, indent, depth, own);
        }
    }

    private void key(String key, int indent) throws TemplateFault {
        boolean isLong = key.length() > 128;
        out.append(isLong ? "? " : "");
        new YamlScalar(out, budget, indent + 2, true).write(key);
        if (isLong) {
            out.append('\n').repeat(' ', indent);
        }
        out.append(':');
    }

    private void value(@Nullable Object value, int indent, int depth, Optional<Origin> origin) throws TemplateFault {
        switch (value) {
            case Map<?, ?> map
            when !map.isEmpty() -> {
                out.append('\n').repeat(' ', indent + 2);
                map(map, indent + 2, depth + 1, origin);
            }
            case List<?> list
            when !list.isEmpty() -> {
                int inner = isPretty ? indent + 2 : indent;
                out.append('\n').repeat(' ', inner);
                list(list, inner, depth + 1, origin);
            }
            case null, default -> {
                out.append(' ');
                scalar(value, indent + 2, false);
                out.append('\n');
            }
        }
    }

    private void list(List<?> list, int indent, int depth, Optional<Origin> origin) throws TemplateFault {
        refuseDepth(depth);
        for (int i = 0; i < list.size(); i++) {
            Object value = list.get(i);
            int index = i;
            Optional<Origin> own = known(value).or(() -> origin.map(each -> each.element(index)));
            if (i > 0) {
                out.repeat(' ', indent);
            }
            mark(own);
            out.append("- ");
            switch (value) {
                case Map<?, ?> map when !map.isEmpty() -> map(map, indent + 2, depth + 1, own);
                case List<?> inner when !inner.isEmpty() -> list(inner, indent + 2, depth + 1, own);
                case null, default -> {
                    scalar(value, indent + 2, false);
                    out.append('\n');
                }
            }
        }
    }

    private void refuseDepth(int depth) throws TemplateFault {
        if (depth > DEEPEST) {
            throw new TemplateFault(TemplateFault.Kind.LIMIT, "a value nests deeper than " + DEEPEST);
        }
    }

    private void scalar(@Nullable Object value, int indent, boolean isKey) throws TemplateFault {
        budget.make(8);
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> _ -> out.append("{}");
            case List<?> _ -> out.append("[]");
            case Double number -> out.append(number(number));
            case Boolean is -> out.append(is);
            case String text -> new YamlScalar(out, budget, indent, isKey).write(text);
            case Shape shape -> new YamlScalar(out, budget, indent, isKey).write(shape.toString());
            case byte[] bytes -> out.append(java.util.Base64.getEncoder().encodeToString(bytes));
            default -> out.append(value);
        }
    }

    /** By way of JSON: a whole number that 64 bits hold stays one. */
    private static String number(double number) {
        String json = JsonText.number(number);
        boolean isWhole = json.indexOf('.') < 0 && json.indexOf('e') < 0;
        if (isWhole && Math.abs(number) < 0x1p63) {
            return json;
        }
        return GoNumbers.text(number);
    }

    /** Numbers in keys are compared as numbers, and letters stand behind everything else. */
    static int naturally(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a == b) {
                continue;
            }
            boolean isLetter = Character.isLetter(a);
            boolean isOtherLetter = Character.isLetter(b);
            if (isLetter && isOtherLetter) {
                return Character.compare(a, b);
            }
            if (isLetter || isOtherLetter) {
                return isOtherLetter ? -1 : 1;
            }
            return digits(one, other, i);
        }
        return Integer.compare(one.length(), other.length());
    }

    private static int digits(String one, String other, int at) {
        long first = start(one, other, at);
        long second = first;
        int end = at;
        while (end < one.length() && Character.isDigit(one.charAt(end))) {
            first = first * 10 + one.charAt(end++) - '0';
        }
        int otherEnd = at;
        while (otherEnd < other.length() && Character.isDigit(other.charAt(otherEnd))) {
            second = second * 10 + other.charAt(otherEnd++) - '0';
        }
        if (first != second) {
            return Long.compare(first, second);
        }
        return end != otherEnd ? Integer.compare(end, otherEnd) : Character.compare(one.charAt(at), other.charAt(at));
    }

    private static long start(String one, String other, int at) {
        if (one.charAt(at) == '0' || other.charAt(at) == '0') {
            for (int j = at - 1; j >= 0 && Character.isDigit(one.charAt(j)); j--) {
                if (one.charAt(j) != '0') {
                    return 1;
                }
            }
        }
        return 0;
    }
}
