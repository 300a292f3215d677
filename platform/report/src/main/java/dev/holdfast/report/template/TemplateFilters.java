package dev.holdfast.report.template;

import dev.holdfast.core.json.JsonEscapes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a template may do to a text: mostly, to make it safe where it is put. */
final class TemplateFilters {
    static final String NAMES = "html, json, csv, url, upper, lower, length, cut NUMBER";

    private TemplateFilters() {}

    static boolean knows(String filter) {
        return switch (filter) {
            case "html", "json", "csv", "url", "upper", "lower", "length" -> true;
            default -> filter.matches("cut [1-9]\\d{0,4}");
        };
    }

    static String apply(String filter, String text) {
        return switch (filter) {
            case "html" ->
                text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;")
                        .replace("'", "&#39;");
            case "json" -> json(text);
            case "csv" -> csv(text);
            case "url" -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            default -> {
                int most = Integer.parseInt(filter.substring("cut ".length()));
                yield text.length() <= most ? text : text.substring(0, most - 1) + "…";
            }
        };
    }

    private static String json(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        JsonEscapes.append(text, out, JsonEscapes.OF_GO);
        return out.toString();
    }

    /** A field of RFC 4180, and nothing that a spreadsheet would run. */
    private static String csv(String text) {
        boolean mayRun = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        String safe = mayRun ? "'" + text : text;
        boolean isPlain = safe.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return isPlain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
