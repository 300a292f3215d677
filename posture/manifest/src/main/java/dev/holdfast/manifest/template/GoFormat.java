package dev.holdfast.manifest.template;

import dev.holdfast.core.text.GoText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as Go's {@code fmt} does. */
public final class GoFormat {
    /** Widths and precisions beyond this are refused, as Go does. */
    private static final int MOST_WIDTH = 1_000_000;

    /** A map that contains itself nests without end; Go's own formatter breaks down there. */
    private static final int DEEPEST = 200;

    /** From this length on a text is weighed at each step that makes it longer. */
    private static final int LARGE = 1 << 20;

    private GoFormat() {}

    /** As {@code %v} writes it. */
    public static String text(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, 0);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out, int depth) {
        if (depth > DEEPEST) {
            out.append("...");
            return;
        }
        switch (value) {
            case null -> out.append("<nil>");
            case Double number -> out.append(GoNumbers.text(number));
            case byte[] bytes -> {
                out.append('[');
                for (int i = 0; i < bytes.length; i++) {
                    out.append(i == 0 ? "" : " ").append(bytes[i] & 0xFF);
                }
                out.append(']');
            }
            case List<?> list -> {
                out.append('[');
                for (int i = 0; i < list.size(); i++) {
                    if (i > 0) {
                        out.append(' ');
                    }
                    write(list.get(i), out, depth + 1);
                }
                out.append(']');
            }
            case Map<?, ?> map -> {
                out.append("map[");
                boolean isFirst = true;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(isFirst ? "" : " ").append(entry.getKey()).append(':');
                    write(entry.getValue(), out, depth + 1);
                    isFirst = false;
                }
                out.append(']');
            }
            default -> out.append(value);
        }
    }

    /** As {@code Sprint} joins values: with a blank between two that are no texts. */
    static String joined(List<@Nullable Object> values) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            boolean isText = values.get(i) instanceof String;
            if (i > 0 && !isText && !(values.get(i - 1) instanceof String)) {
                out.append(' ');
            }
            write(values.get(i), out, 0);
        }
        return out.toString();
    }

    /** As {@code Sprintln} joins values. */
    static String line(List<@Nullable Object> values) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            out.append(i == 0 ? "" : " ");
            write(values.get(i), out, 0);
        }
        return out.append('\n').toString();
    }

    /** As {@code Sprintf} fills a form. */
    public static String filled(String form, List<@Nullable Object> values, Budget budget) throws TemplateFault {
        return new Filling(form, values, budget).run();
    }

    /** One form while it is filled. */
    private static final class Filling {
        private final String form;
        private final List<@Nullable Object> values;
        private final Budget budget;
        private final StringBuilder out = new StringBuilder();
        private int at;
        private int next;
        private boolean isReordered;
        private String flags = "";
        private int width = -1;
        private int precision = -1;

        Filling(String form, List<@Nullable Object> values, Budget budget) {
            this.form = form;
            this.values = new ArrayList<>(values);
            this.budget = budget;
        }

        String run() throws TemplateFault {
            while (at < form.length()) {
                int percent = form.indexOf('%', at);
                if (percent < 0) {
                    out.append(form, at, form.length());
                    break;
                }
                out.append(form, at, percent);
                at = percent + 1;
                directive();
                budget.make(out.length() > LARGE ? out.length() : 1);
            }
            if (!isReordered && next < values.size()) {
                surplus();
            }
            return out.toString();
        }

        private void surplus() {
            out.append("%!(EXTRA ");
            for (int i = next; i < values.size(); i++) {
                out.append(i == next ? "" : ", ");
                Object value = values.get(i);
                if (value == null) {
                    out.append("<nil>");
                } else {
                    out.append(Values.typeName(value)).append('=').append(text(value));
                }
            }
            out.append(')');
        }

        private void directive() throws TemplateFault {
            int start = at;
            while (at < form.length() && "+-# 0".indexOf(form.charAt(at)) >= 0) {
                at++;
            }
            flags = form.substring(start, at);
            index();
            width = size();
            precision = -1;
            if (at < form.length() && form.charAt(at) == '.') {
                at++;
                index();
                precision = Math.max(0, size());
            }
            index();
            if (at >= form.length()) {
                out.append("%!(NOVERB)");
                return;
            }
            int verb = form.codePointAt(at);
            at += Character.charCount(verb);
            if (width > MOST_WIDTH || precision > MOST_WIDTH) {
                throw TemplateFault.of("a width of more than " + MOST_WIDTH);
            }
            if (verb == '%') {
                out.append('%');
            } else if (next >= values.size() || next < 0) {
                out.append("%!").appendCodePoint(verb).append("(MISSING)");
            } else {
                value(verb, values.get(next++));
            }
        }

        /** {@code [2]} chooses the value. */
        private void index() {
            if (at < form.length() && form.charAt(at) == '[') {
                int end = form.indexOf(']', at);
                if (end > at) {
                    next = GoNumbers.whole(form.substring(at + 1, end), 10)
                                    .orElse(0L)
                                    .intValue()
                            - 1;
                    isReordered = true;
                    at = end + 1;
                }
            }
        }

        private int size() {
            if (at < form.length() && form.charAt(at) == '*') {
                at++;
                return next >= 0 && next < values.size() && values.get(next++) instanceof Long number
                        ? (int) Math.clamp(number, -1, MOST_WIDTH + 1L)
                        : -1;
            }
            int start = at;
            while (at < form.length() && form.charAt(at) >= '0' && form.charAt(at) <= '9' && at - start < 8) {
                at++;
            }
            return at == start ? -1 : Integer.parseInt(form.substring(start, at));
        }

        private boolean has(char flag) {
            return flags.indexOf(flag) >= 0;
        }

        private void value(int verb, @Nullable Object value) {
            if (verb == 'T') {
                pad(Values.typeName(value), false);
                return;
            }
            switch (value) {
                case null -> {
                    if (verb == 'v') {
                        pad("<nil>", false);
                    } else {
                        out.append("%!").appendCodePoint(verb).append("(<nil>)");
                    }
                }
                case Boolean is -> {
                    if (verb == 't' || verb == 'v') {
                        pad(is.toString(), false);
                    } else {
                        bad(verb, value);
                    }
                }
                case Long number -> whole(verb, number, value);
                case Sized number -> whole(verb, number.value(), value);
                case Double number -> decimal(verb, number);
                case String text -> words(verb, text, value);
                case byte[] bytes
                when verb == 's' || verb == 'q' || verb == 'x' || verb == 'X' ->
                    words(verb, new String(bytes, StandardCharsets.UTF_8), value);
                case List<?> list when verb != 'v' || has('#') -> elements(verb, list);
                case Map<?, ?> map when verb != 'v' || has('#') -> entries(verb, map);
                default -> pad(text(value), false);
            }
        }

        private void elements(int verb, List<?> list) {
            boolean isSource = verb == 'v';
            out.append(isSource ? "[]interface {}{" : "[");
            for (int i = 0; i < list.size(); i++) {
                out.append(i == 0 ? "" : isSource ? ", " : " ");
                value(verb, list.get(i));
            }
            out.append(isSource ? '}' : ']');
        }

        private void entries(int verb, Map<?, ?> map) {
            boolean isSource = verb == 'v';
            out.append(isSource ? "map[string]interface {}{" : "map[");
            boolean isFirst = true;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(isFirst ? "" : isSource ? ", " : " ");
                value(verb, entry.getKey());
                out.append(':');
                value(verb, entry.getValue());
                isFirst = false;
            }
            out.append(isSource ? '}' : ']');
        }

        private void bad(int verb, Object value) {
            out.append("%!").appendCodePoint(verb).append('(');
            out.append(Values.typeName(value)).append('=').append(text(value)).append(')');
        }

        private void words(int verb, String text, Object value) {
            String cut = text;
            if (precision >= 0 && text.codePointCount(0, text.length()) > precision) {
                cut = text.substring(0, text.offsetByCodePoints(0, precision));
            }
            switch (verb) {
                case 'v' -> pad(has('#') ? GoText.quoted(cut) : cut, false);
                case 's' -> pad(cut, false);
                case 'q' -> pad(has('#') && cut.indexOf('`') < 0 ? "`" + cut + "`" : GoText.quoted(cut), false);
                case 'x' -> pad(HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)), false);
                case 'X' -> pad(HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8)), false);
                default -> bad(verb, value);
            }
        }

        private void whole(int verb, long number, Object value) {
            switch (verb) {
                case 'd', 'v' -> digits(number, 10, "", false);
                case 'b' -> digits(number, 2, has('#') ? "0b" : "", false);
                case 'o' -> digits(number, 8, has('#') ? "0" : "", false);
                case 'O' -> digits(number, 8, "0o", false);
                case 'x' -> digits(number, 16, has('#') ? "0x" : "", false);
                case 'X' -> digits(number, 16, has('#') ? "0X" : "", true);
                case 'c' ->
                    pad(Character.isValidCodePoint((int) number) ? Character.toString((int) number) : "\uFFFD", false);
                case 'q' ->
                    pad(
                            "'"
                                    + (Character.isValidCodePoint((int) number)
                                            ? Character.toString((int) number)
                                            : "\uFFFD")
                                    + "'",
                            false);
                case 'U' -> pad(String.format(Locale.ROOT, "U+%04X", number), false);
                default -> bad(verb, value);
            }
        }

        private void digits(long number, int base, String prefix, boolean isUpper) {
            String sign = number < 0 ? "-" : has('+') ? "+" : has(' ') ? " " : "";
            String digits = Long.toString(number, base);
            digits = number < 0 ? digits.substring(1) : digits;
            digits = isUpper ? digits.toUpperCase(Locale.ROOT) : digits;
            if (precision >= 0) {
                digits = precision == 0 && number == 0
                        ? ""
                        : "0".repeat(Math.max(0, precision - digits.length())) + digits;
            } else if (has('0') && !has('-') && width > 0) {
                int left = width - sign.length() - prefix.length() - digits.length();
                digits = "0".repeat(Math.max(0, left)) + digits;
            }
            pad(sign + prefix + digits, false);
        }

        private void decimal(int verb, double number) {
            String text = switch (verb) {
                case 'v' -> GoNumbers.general(number, precision);
                case 'g', 'G' -> GoNumbers.general(number, precision);
                case 'f', 'F' -> GoNumbers.fixed(number, precision < 0 ? 6 : precision);
                case 'e', 'E' -> GoNumbers.exponential(number, precision < 0 ? 6 : precision);
                default -> "";
            };
            if (text.isEmpty()) {
                bad(verb, number);
                return;
            }
            text = verb == 'E' || verb == 'G' ? text.toUpperCase(Locale.ROOT) : text;
            if (!text.startsWith("-") && !text.startsWith("+")) {
                text = (has('+') ? "+" : has(' ') ? " " : "") + text;
            } else if (text.startsWith("+") && !has('+')) {
                text = verb == 'v' || verb == 'g' ? text : text.substring(1);
            }
            pad(text, !Double.isNaN(number) && !Double.isInfinite(number));
        }

        private void pad(String text, boolean isNumber) {
            int left = width - text.codePointCount(0, text.length());
            if (left <= 0) {
                out.append(text);
            } else if (has('-')) {
                out.append(text).repeat(' ', left);
            } else if (has('0') && isNumber) {
                boolean isSigned = text.startsWith("-") || text.startsWith("+") || text.startsWith(" ");
                out.append(text, 0, isSigned ? 1 : 0).repeat('0', left).append(text, isSigned ? 1 : 0, text.length());
            } else {
                out.repeat(has('0') ? '0' : ' ', left).append(text);
            }
        }
    }
}
