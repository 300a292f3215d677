package dev.holdfast.jvm.reach.code;

import dev.holdfast.core.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * A method's descriptor (JVMS 4.3.3).
 *
 * <pre>
 *   method  = "(" { type } ")" ( type | "V" )
 *   type    = { "[" } ( "B" | "C" | "D" | "F" | "I" | "J" | "S" | "Z" | "L" name ";" )
 * </pre>
 *
 * @param parameters descriptors
 * @param result descriptor, or {@code V}
 */
public record Descriptor(List<String> parameters, String result) {
    public static Descriptor parse(String text) throws InputException {
        List<String> parameters = new ArrayList<>();
        if (!text.startsWith("(")) {
            throw malformed(text);
        }
        int at = 1;
        while (at < text.length() && text.charAt(at) != ')') {
            int end = end(text, at);
            parameters.add(text.substring(at, end));
            at = end;
        }
        if (at + 1 >= text.length()) {
            throw malformed(text);
        }
        return new Descriptor(parameters, text.substring(at + 1));
    }

    private static int end(String text, int from) throws InputException {
        int at = from;
        while (at < text.length() && text.charAt(at) == '[') {
            at++;
        }
        int end = text.startsWith("L", at) ? text.indexOf(';', at) : at;
        if (end < 0 || end >= text.length()) {
            throw malformed(text);
        }
        return end + 1;
    }

    private static InputException malformed(String text) {
        return new InputException(
                InputException.Code.MALFORMED, "a method's descriptor is malformed (" + text.length() + " characters)");
    }

    /** How many slots a value of this type takes. */
    static int slots(String type) {
        return switch (type) {
            case "V" -> 0;
            case "J", "D" -> 2;
            default -> 1;
        };
    }
}
