package dev.holdfast.policy.export;

import java.util.Collection;

/** Parts of expressions. */
final class Cel {
    private Cel() {}

    static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** A list of texts: {@code ['a', 'b']}. */
    static String list(Collection<String> texts) {
        return "[" + String.join(", ", texts.stream().map(Cel::quoted).toList()) + "]";
    }

    /** A regular expression for RE2, as a raw text. */
    static String pattern(String regex) {
        return "r'" + regex + "'";
    }
}
