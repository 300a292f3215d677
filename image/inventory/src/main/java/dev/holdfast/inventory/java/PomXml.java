package dev.holdfast.inventory.java;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The coordinates at the head of a Maven project file. Only the text of these elements is looked at:
 *
 * <pre>
 *   project/groupId    project/artifactId    project/version
 *   project/parent/groupId                   project/parent/version      (what the project itself does not say)
 * </pre>
 *
 * <p>A scanner of tags is enough for that, and it is safe: no document type, no entity beyond the text is ever expanded, and reading
 * stops when all three are known or the file ends. A value with a placeholder, such as {@code ${revision}}, is no value.
 */
final class PomXml {
    /** A project file nests about ten deep; deeper than this nothing is of interest and the scan ends. */
    private static final int MOST_DEPTH = 64;

    private final String text;
    private final Deque<String> open = new ArrayDeque<>();
    private Coordinates own = new Coordinates("", "", "");
    private Coordinates parent = new Coordinates("", "", "");
    private int at;

    private PomXml(String text) {
        this.text = text;
    }

    static Coordinates parse(byte[] bytes) {
        PomXml scan = new PomXml(new String(bytes, StandardCharsets.UTF_8));
        scan.run();
        return scan.own.or(new Coordinates(scan.parent.group(), "", scan.parent.version()));
    }

    private void run() {
        while (open.size() <= MOST_DEPTH) {
            int tag = text.indexOf('<', at);
            if (tag < 0 || tag + 1 >= text.length()) {
                return;
            }
            if (text.startsWith("<!--", tag)) {
                skipPast("-->", tag);
            } else if (text.startsWith("<![CDATA[", tag)) {
                skipPast("]]>", tag);
            } else if (text.charAt(tag + 1) == '?' || text.charAt(tag + 1) == '!') {
                skipPast(">", tag);
            } else {
                element(tag);
            }
            if (at < 0
                    || !own.group().isEmpty()
                            && !own.artifact().isEmpty()
                            && !own.version().isEmpty()) {
                return;
            }
        }
    }

    private void skipPast(String end, int from) {
        int found = text.indexOf(end, from);
        at = found < 0 ? -1 : found + end.length();
    }

    private void element(int tag) {
        int close = text.indexOf('>', tag);
        if (close < 0) {
            at = -1;
            return;
        }
        at = close + 1;
        if (text.charAt(tag + 1) == '/') {
            open.pollLast();
        } else if (text.charAt(close - 1) != '/') {
            open.addLast(name(tag + 1, close));
            value(at);
        }
    }

    private String name(int from, int to) {
        int end = from;
        while (end < to && text.charAt(end) > ' ') {
            end++;
        }
        return text.substring(from, end);
    }

    /** Keeps the text of an element that is one of those we look for. */
    private void value(int from) {
        boolean inProject = open.size() == 2 && "project".equals(open.peekFirst());
        boolean inParent = open.size() == 3 && String.join("/", open).startsWith("project/parent/");
        int end = text.indexOf('<', from);
        if (end < 0 || !inProject && !inParent) {
            return;
        }
        String word = text.substring(from, end).strip();
        Coordinates found = switch (open.getLast()) {
            case "groupId" -> new Coordinates(word, "", "");
            case "artifactId" -> new Coordinates("", word, "");
            case "version" -> new Coordinates("", "", word);
            default -> new Coordinates("", "", "");
        };
        if (inProject) {
            own = own.or(found);
        } else {
            parent = parent.or(found);
        }
    }
}
