package dev.holdfast.manifest.template;

import java.util.Optional;

/** Texts as Go's source writes them: {@code "a\n"}, {@code `raw`}, {@code 'c'}. */
public final class Quoting {
    private Quoting() {}

    /** What a quoted or raw text says; empty when it is malformed. */
    public static Optional<String> unquoted(String literal) {
        if (literal.startsWith("`")) {
            return Optional.of(literal.substring(1, literal.length() - 1).replace("\r", ""));
        }
        return unescaped(literal.substring(1, literal.length() - 1), '"');
    }

    /** The code of a character constant. */
    static Optional<Long> character(String literal) {
        return unescaped(literal.substring(1, literal.length() - 1), '\'')
                .filter(text -> !text.isEmpty() && text.codePointCount(0, text.length()) == 1)
                .map(text -> (long) text.codePointAt(0));
    }

    private static Optional<String> unescaped(String text, char quote) {
        if (text.indexOf('\\') < 0) {
            return Optional.of(text);
        }
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            if (at >= text.length()) {
                return Optional.empty();
            }
            char escape = text.charAt(at++);
            int simple = "abfnrtv\\".indexOf(escape);
            if (simple >= 0) {
                out.append("\u0007\b\f\n\r\t\u000b\\".charAt(simple));
                continue;
            }
            if (escape == quote) {
                out.append(quote);
                continue;
            }
            int digits = switch (escape) {
                case 'x' -> 2;
                case 'u' -> 4;
                case 'U' -> 8;
                default -> escape >= '0' && escape <= '7' ? 3 : 0;
            };
            int from = digits == 3 ? at - 1 : at;
            if (digits == 0 || from + digits > text.length()) {
                return Optional.empty();
            }
            long code = code(text.substring(from, from + digits), digits == 3 ? 8 : 16);
            if (code < 0 || code > Character.MAX_CODE_POINT) {
                return Optional.empty();
            }
            out.appendCodePoint((int) code);
            at = from + digits;
        }
        return Optional.of(out.toString());
    }

    private static long code(String digits, int radix) {
        try {
            return Long.parseLong(digits, radix);
        } catch (NumberFormatException wrong) {
            return -1;
        }
    }
}
