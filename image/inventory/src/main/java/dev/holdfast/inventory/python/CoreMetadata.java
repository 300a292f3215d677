package dev.holdfast.inventory.python;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The header of a {@code METADATA} or {@code PKG-INFO} file (Python core metadata, PEP 241 to 643): RFC 822 fields, a value continued on
 * lines that begin with a blank, up to the first empty line; the text after it is a description. The first field of a name counts.
 *
 * @param name as written; empty when there is none
 * @param version as written; empty when there is none
 * @param licence {@code License-Expression}, else {@code License} when it is a line and not a text; empty when there is none
 */
record CoreMetadata(String name, String version, String licence) {
    /** Some projects put the whole licence text into the field. */
    private static final int LONGEST_LICENCE = 100;

    static CoreMetadata parse(byte[] bytes, int length) {
        String name = "";
        String version = "";
        String licence = "";
        String expression = "";
        int at = 0;
        while (at < length) {
            int lineEnd = at;
            while (lineEnd < length && bytes[lineEnd] != '\n') {
                lineEnd++;
            }
            int textEnd = lineEnd > at && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
            if (textEnd == at) {
                break;
            }
            int colon = bytes[at] == ' ' || bytes[at] == '\t' ? -1 : colon(bytes, at, textEnd);
            if (colon > 0) {
                String field = new String(bytes, at, colon - at, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
                switch (field) {
                    case "name" -> name = first(name, bytes, colon, textEnd);
                    case "version" -> version = first(version, bytes, colon, textEnd);
                    case "license" -> licence = first(licence, bytes, colon, textEnd);
                    case "license-expression" -> expression = first(expression, bytes, colon, textEnd);
                    default -> {}
                }
            }
            at = lineEnd + 1;
        }
        String said = expression.isEmpty() ? licence : expression;
        boolean isLicence = said.length() <= LONGEST_LICENCE && !said.equals("UNKNOWN");
        return new CoreMetadata(name, version, isLicence ? said : "");
    }

    private static int colon(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == ':') {
                return i;
            }
        }
        return -1;
    }

    private static String first(String known, byte[] bytes, int colon, int end) {
        return known.isEmpty() ? new String(bytes, colon + 1, end - colon - 1, StandardCharsets.UTF_8).strip() : known;
    }
}
