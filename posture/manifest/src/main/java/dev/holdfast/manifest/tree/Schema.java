package dev.holdfast.manifest.tree;

import dev.holdfast.manifest.tree.Node.Kind;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a plain scalar means; the readers of our inputs disagree. Quoted and block scalars are always text. */
public enum Schema {
    /** YAML 1.1 as the Kubernetes clients read it: {@code yes}, {@code on} and their kin are booleans. */
    KUBERNETES(
            "true|True|TRUE|y|Y|yes|Yes|YES|on|On|ON|false|False|FALSE|n|N|no|No|NO|off|Off|OFF",
            "[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|0|[1-9][0-9_]*)"),
    /** YAML 1.2 core, as Compose reads it. */
    CORE("true|True|TRUE|false|False|FALSE", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");

    private static final Pattern DECIMAL = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private final Pattern booleans;
    private final Pattern integers;

    Schema(String booleans, String integers) {
        this.booleans = Pattern.compile(booleans);
        this.integers = Pattern.compile(integers);
    }

    /** The kind of a plain scalar. */
    public Kind kind(String text) {
        if (text.isEmpty()) {
            return Kind.NULL;
        }
        char first = text.charAt(0);
        boolean mayBeNumber = first <= '9' && (first >= '0' || first == '-' || first == '+' || first == '.');
        if (mayBeNumber) {
            return integers.matcher(text).matches()
                    ? Kind.INTEGER
                    : DECIMAL.matcher(text).matches() ? Kind.DECIMAL : Kind.TEXT;
        }
        if (text.length() > 5) {
            return Kind.TEXT;
        }
        return switch (text) {
            case "~", "null", "Null", "NULL" -> Kind.NULL;
            default -> booleans.matcher(text).matches() ? Kind.BOOLEAN : Kind.TEXT;
        };
    }

    /** The number that a scalar of kind integer says; empty when it has more than 64 bits. */
    static Optional<Long> wholeNumber(String text) {
        String digits = text.replace("_", "");
        boolean isNegative = digits.startsWith("-");
        String bare = isNegative || digits.startsWith("+") ? digits.substring(1) : digits;
        try {
            long number;
            if (bare.startsWith("0x")) {
                number = Long.parseLong(bare.substring(2), 16);
            } else if (bare.startsWith("0b")) {
                number = Long.parseLong(bare.substring(2), 2);
            } else if (bare.startsWith("0o")) {
                number = Long.parseLong(bare.substring(2), 8);
            } else if (bare.length() > 1 && bare.startsWith("0")) {
                number = Long.parseLong(bare, 8);
            } else {
                number = Long.parseLong(bare);
            }
            return Optional.of(isNegative ? -number : number);
        } catch (NumberFormatException tooLong) {
            return Optional.empty();
        }
    }

    /** Whether a scalar of kind boolean says yes. */
    static boolean isTrue(String text) {
        return switch (text.charAt(0)) {
            case 't', 'T', 'y', 'Y' -> true;
            case 'o', 'O' -> text.length() == 2;
            default -> false;
        };
    }
}
