package dev.holdfast.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code os-release(5)}, and {@code lsb-release}, which has the same form.
 *
 * <pre>
 * file   = { line LF } ;
 * line   = [ "#" comment | name "=" value ] ;
 * name   = ( letter | "_" ) { letter | digit | "_" } ;
 * value  = { plain | "\" any | "'" { any but "'" } "'" | '"' { any but '"' | "\" any } '"' } ;
 * </pre>
 *
 * It is a list of shell assignments: the last one of a name counts. Between double quotes a backslash takes its meaning from
 * {@code $ " \ `} only, and stays before anything else. Some images hold files that no shell would take (a line cut off, a value with
 * spaces and no quotes, a quote that does not close): what is no assignment is passed over, an open quote ends with its line, and a bare
 * value is taken as it stands.
 */
final class OsRelease {
    private final Map<String, String> values;

    private OsRelease(Map<String, String> values) {
        this.values = values;
    }

    static OsRelease parse(byte[] bytes) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : new String(bytes, UTF_8).split("\n", -1)) {
            String text = line.strip();
            int equals = text.indexOf('=');
            if (equals > 0 && isName(text, equals)) {
                values.put(text.substring(0, equals), unquoted(text.substring(equals + 1)));
            }
        }
        return new OsRelease(values);
    }

    /** The value of a name; empty when there is none. */
    String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** The distribution, when the file names one. */
    Optional<Distribution> distribution(String path) {
        String id = value("ID").toLowerCase(Locale.ROOT);
        if (!isId(id)) {
            return Optional.empty();
        }
        String name = value("PRETTY_NAME").isEmpty() ? value("NAME") : value("PRETTY_NAME");
        return Optional.of(new Distribution(
                id,
                value("VERSION_ID"),
                name.isEmpty() ? id : name,
                Optional.of(value("VERSION_CODENAME")).filter(each -> !each.isEmpty()),
                words(value("ID_LIKE")),
                path));
    }

    /** Lower-case letters, digits and {@code . _ -}, as the manual asks; what is something else would not be understood by anybody. */
    static boolean isId(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private static boolean isName(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static String unquoted(String text) {
        StringBuilder value = new StringBuilder(text.length());
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLast = i == text.length() - 1;
            if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == '\\' && quote != '\'' && !isLast && (quote == 0 || isEscapable(text.charAt(i + 1)))) {
                value.append(text.charAt(++i));
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    private static boolean isEscapable(char c) {
        return c == '$' || c == '"' || c == '\\' || c == '`';
    }
}
