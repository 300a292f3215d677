package dev.holdfast.inventory.java;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The main section of a {@code META-INF/MANIFEST.MF} (JAR File Specification, "JAR Manifest").
 *
 * <pre>
 *   main    = { header newline } newline
 *   header  = name ":" " " value { newline " " value }
 *   newline = CR LF | LF | CR
 * </pre>
 *
 * <p>Lines are folded at 72 bytes, which may be in the middle of a UTF-8 character, so the bytes are joined before they are decoded.
 * Sections after the first empty line speak of single packages or files, not of the archive: they are not read.
 *
 * @param attributes by name, which knows no letter case
 */
record Manifest(Map<String, String> attributes) {
    /** An artifact id as it stands in a manifest; a title with blanks is prose. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.\\-]*");

    static final Manifest NONE = new Manifest(Map.of());

    static Manifest parse(byte[] bytes) {
        Map<String, String> attributes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        int at = startsWithMark(bytes) ? 3 : 0;
        while (at < bytes.length) {
            int lineEnd = endOfLine(bytes, at);
            if (lineEnd == at) {
                break;
            }
            if (bytes[at] == ' ' && header.size() > 0) {
                header.write(bytes, at + 1, lineEnd - at - 1);
            } else {
                put(attributes, header);
                header.reset();
                header.write(bytes, at, lineEnd - at);
            }
            at = afterNewline(bytes, lineEnd);
        }
        put(attributes, header);
        return new Manifest(attributes);
    }

    /** Whether the bytes hold the whole main section: its empty line is there. */
    static boolean isWhole(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int lineEnd = endOfLine(bytes, at);
            if (lineEnd == at) {
                return true;
            }
            at = afterNewline(bytes, lineEnd);
        }
        return false;
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length > 2 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
    }

    private static int endOfLine(byte[] bytes, int at) {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        return end;
    }

    private static int afterNewline(byte[] bytes, int lineEnd) {
        boolean pair = lineEnd + 1 < bytes.length && bytes[lineEnd] == '\r' && bytes[lineEnd + 1] == '\n';
        return lineEnd + (pair ? 2 : 1);
    }

    private static void put(Map<String, String> attributes, ByteArrayOutputStream header) {
        String text = header.toString(StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        if (colon > 0) {
            attributes.put(text.substring(0, colon), text.substring(colon + 1).strip());
        }
    }

    /** The value of an attribute; empty when there is none. */
    String value(String name) {
        return attributes.getOrDefault(name, "");
    }

    /** The bundle's name without the directives after it, such as {@code ;singleton:=true}. */
    String symbolicName() {
        String value = value("Bundle-SymbolicName");
        int directive = value.indexOf(';');
        return (directive < 0 ? value : value.substring(0, directive)).strip();
    }

    /** What it calls the archive, in the attributes that may hold an artifact's name; prose left out. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (String attribute : List.of(
                "Implementation-Title", "Bundle-Name", "Extension-Name", "Short-Name", "Automatic-Module-Name")) {
            names.add(value(attribute));
        }
        names.add(symbolicName());
        names.removeIf(name -> !TOKEN.matcher(name).matches());
        return names;
    }

    /**
     * A version attribute as far as it is one: {@code 5.6.0 (b0)} is {@code 5.6.0}, a quoted one loses its quotes; empty when it is a
     * placeholder, a commit or the like.
     */
    String version(String name) {
        String value = value(name).replace("\"", "").strip();
        int end = 0;
        while (end < value.length() && value.charAt(end) > ' ' && value.charAt(end) != '(') {
            end++;
        }
        String word = value.substring(0, end);
        return looksLikeVersion(word) ? word : "";
    }

    private static boolean looksLikeVersion(String word) {
        if (word.isEmpty() || word.length() > 64 || word.length() == 40 && word.indexOf('.') < 0) {
            return false;
        }
        String plain = word.toLowerCase(Locale.ROOT).startsWith("v") ? word.substring(1) : word;
        return !plain.isEmpty() && plain.charAt(0) >= '0' && plain.charAt(0) <= '9';
    }
}
