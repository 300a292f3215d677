package dev.holdfast.advisory.feed.general;

import java.util.ArrayList;
import java.util.List;

/** Splits a record of RFC 4180: fields parted by commas, quoted ones with {@code ""} for a quote and any character inside. */
final class CsvLine {
    private CsvLine() {}

    /** The fields. A quoted field that is not closed goes to the end. */
    static List<String> fields(String record) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < record.length(); i++) {
            char c = record.charAt(i);
            if (quoted && c == '"' && i + 1 < record.length() && record.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    /** Whether a line's quotes are odd: whether a field that is open before it is closed in it, or the other way round. */
    static boolean hasOpenQuote(String line) {
        boolean open = false;
        for (int i = 0; i < line.length(); i++) {
            open ^= line.charAt(i) == '"';
        }
        return open;
    }
}
