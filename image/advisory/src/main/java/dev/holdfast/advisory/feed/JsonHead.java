package dev.holdfast.advisory.feed;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The members of a JSON object as far as its first bytes show them, for telling formats apart without reading the whole. Broken JSON
 * shows what stands before the break.
 */
public final class JsonHead {
    private final String text;
    private final Map<String, String> members = new LinkedHashMap<>();
    private int at;

    private JsonHead(String text) {
        this.text = text;
    }

    /**
     * For each member of the outermost object that begins in the head, its name and, for a string that also ends there, its raw text; for
     * any other value its first character.
     */
    public static Map<String, String> members(byte[] head) {
        JsonHead read = new JsonHead(FeedText.headText(head));
        read.object();
        return read.members;
    }

    private void object() {
        skipBlanks();
        if (!is('{')) {
            return;
        }
        at++;
        for (skipBlanks(); is('"'); skipBlanks()) {
            String name = string();
            skipBlanks();
            if (!is(':')) {
                return;
            }
            at++;
            skipBlanks();
            if (at >= text.length()) {
                return;
            }
            char first = text.charAt(at);
            members.put(name, first == '"' ? string() : String.valueOf(first));
            skipValue();
            if (!is(',')) {
                return;
            }
            at++;
        }
    }

    /** The raw text of a string, without its quotes; what there is of it when it does not end. */
    private String string() {
        int start = ++at;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        int end = Math.min(at, text.length());
        at = end + 1;
        return text.substring(start, end);
    }

    /** To the comma or brace behind a value that began at, or a string that ended before, this place. */
    private void skipValue() {
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                string();
                continue;
            }
            if (depth == 0 && (c == ',' || c == '}')) {
                return;
            }
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            at++;
        }
    }

    private boolean is(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
