package dev.holdfast.policy.cel.parse;

import java.util.Optional;
import java.util.Set;

/** Names of fields as expressions have to write them, for not every name of JSON is one of the language. */
public final class FieldName {
    private static final Set<String> KEYWORDS = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private FieldName() {}

    /** Whether the language keeps the word for itself. */
    public static boolean isKeyword(String name) {
        return KEYWORDS.contains(name);
    }

    /**
     * The name with what the language does not allow spelled out: {@code a-b} is {@code a__dash__b}, {@code namespace} is {@code
     * __namespace__}.
     *
     * @return empty for a name that cannot be written, which begins with a digit or holds other characters
     */
    public static Optional<String> escaped(String name) {
        if (name.isEmpty() || name.charAt(0) >= '0' && name.charAt(0) <= '9') {
            return Optional.empty();
        }
        if (isKeyword(name)) {
            return Optional.of("__" + name + "__");
        }
        StringBuilder escaped = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isWord = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (isWord) {
                escaped.append(c);
                continue;
            }
            switch (c) {
                case '_' -> {
                    boolean isPair = name.startsWith("__", i);
                    escaped.append(isPair ? "__underscores__" : "_");
                    i += isPair ? 1 : 0;
                }
                case '.' -> escaped.append("__dot__");
                case '-' -> escaped.append("__dash__");
                case '/' -> escaped.append("__slash__");
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(escaped.toString());
    }
}
