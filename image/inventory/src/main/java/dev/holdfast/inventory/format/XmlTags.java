package dev.holdfast.inventory.format;

import java.nio.charset.StandardCharsets;

/**
 * The tags of an XML document, one after another, with the text that follows each. Enough for the few elements that lock files have, and
 * safe: no document type is read, no entity beyond the five that XML predefines is expanded. What is no XML has no tags.
 */
public final class XmlTags {
    private final String text;
    private int at;
    private int end;
    private int line = 1;
    private int countedTo;
    private int from;

    public XmlTags(byte[] bytes) {
        text = new String(bytes, StandardCharsets.UTF_8);
    }

    /** Goes to the next tag, past comments, instructions and character data sections; false at the end. */
    public boolean advance() {
        while (true) {
            int tag = text.indexOf('<', end);
            if (tag < 0) {
                return false;
            }
            int close = text.startsWith("<!--", tag)
                    ? past("-->", tag + 4)
                    : text.startsWith("<![CDATA[", tag) ? past("]]>", tag) : pastTag(tag);
            if (close < 0) {
                return false;
            }
            end = close;
            char kind = text.charAt(tag + 1);
            if (kind != '!' && kind != '?') {
                from = tag;
                at = tag + 1;
                return true;
            }
        }
    }

    private int past(String mark, int start) {
        int found = text.indexOf(mark, start);
        return found < 0 ? -1 : found + mark.length();
    }

    /** A tag ends with the first {@code >} that is not within quotes. */
    private int pastTag(int tag) {
        char quote = 0;
        for (int i = tag + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Whether it closes an element that another tag opened. */
    public boolean isClosing() {
        return text.charAt(at) == '/';
    }

    /** Whether the element has nothing inside. */
    public boolean isEmpty() {
        return text.charAt(end - 2) == '/';
    }

    /** The element's name, without a prefix for its namespace. */
    public String name() {
        int start = isClosing() ? at + 1 : at;
        int stop = start;
        while (stop < end - 1 && text.charAt(stop) > ' ' && text.charAt(stop) != '/') {
            stop++;
        }
        int colon = text.indexOf(':', start, stop);
        return text.substring(colon < 0 ? start : colon + 1, stop);
    }

    /** The value of an attribute, blanks around it taken off; empty when there is none. */
    public String attribute(String name) {
        int next = at;
        while (true) {
            int found = text.indexOf(name, next, end);
            if (found < 0) {
                return "";
            }
            next = found + name.length();
            int value = skipBlank(next);
            if (text.charAt(found - 1) <= ' ' && value < end && text.charAt(value) == '=') {
                return quoted(skipBlank(value + 1));
            }
        }
    }

    private int skipBlank(int start) {
        int next = start;
        while (next < end && text.charAt(next) <= ' ') {
            next++;
        }
        return next;
    }

    private String quoted(int start) {
        if (start >= end || text.charAt(start) != '"' && text.charAt(start) != '\'') {
            return "";
        }
        int stop = text.indexOf(text.charAt(start), start + 1, end);
        return stop < 0 ? "" : plain(text.substring(start + 1, stop));
    }

    /** The text up to the next tag, blanks around it taken off. */
    public String text() {
        int stop = text.indexOf('<', end);
        return plain(text.substring(end, stop < 0 ? text.length() : stop));
    }

    private static String plain(String raw) {
        String stripped = raw.strip();
        if (stripped.indexOf('&') < 0) {
            return stripped;
        }
        return stripped.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    /** The line on which the tag begins, from 1. */
    public int line() {
        while (countedTo < from) {
            line += text.charAt(countedTo++) == '\n' ? 1 : 0;
        }
        return line;
    }
}
