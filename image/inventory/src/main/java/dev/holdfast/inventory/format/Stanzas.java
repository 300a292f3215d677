package dev.holdfast.inventory.format;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Control data as Debian's policy describes it and many others write it: stanzas of fields {@code Name: value}, with an empty line between
 * two stanzas. Lines that begin with a blank continue a value, and are passed over.
 */
public final class Stanzas {
    private final TextLines lines;
    private final Map<String, String> fields = new HashMap<>();
    private int line;

    public Stanzas(byte[] bytes, Limits limits) {
        lines = new TextLines(bytes, limits);
    }

    /** Goes to the next stanza; false at the end. */
    public boolean advance() throws InputException {
        fields.clear();
        while (lines.advance()) {
            String text = lines.text();
            if (text.isBlank()) {
                if (!fields.isEmpty()) {
                    return true;
                }
                continue;
            }
            int colon = text.indexOf(':');
            if (colon > 0 && text.charAt(0) > ' ') {
                line = fields.isEmpty() ? lines.number() : line;
                fields.putIfAbsent(
                        text.substring(0, colon).toLowerCase(Locale.ROOT),
                        text.substring(colon + 1).strip());
            }
        }
        return !fields.isEmpty();
    }

    /** The value of a field of the stanza at hand, whose name is given in lower case; empty when there is none. */
    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** Where the stanza at hand begins, from 1. */
    public int line() {
        return line;
    }
}
