package dev.holdfast.manifest.tree;

import dev.holdfast.manifest.tree.Node.Entry;
import dev.holdfast.manifest.tree.Node.Mapping;
import dev.holdfast.manifest.tree.Node.Scalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Changes values in the text of a YAML or JSON file and nothing else: comments, order, quotes and line ends stay. What is added to a block
 * stands behind its last entry, in its indentation; what is added to a flow map stands before its brace. Several additions to one map become
 * one. The caller reads the result again: a text that is written in unusual ways may not take a change as meant.
 */
public final class YamlEditor {
    private final String text;
    private final int[] lineStarts;
    private final String lineEnd;
    private final boolean isJson;
    private final IdentityHashMap<Node, Addition> additions = new IdentityHashMap<>();
    private final List<Edit> edits = new ArrayList<>();

    /** @param depth of what is added at the same place the deeper comes first: it belongs to what stands before */
    private record Edit(int from, int to, String replacement, int depth) {
        private Edit(int from, int to, String replacement) {
            this(from, to, replacement, 0);
        }
    }

    /** What a map gets: keys with a value in one line, or with keys of their own. */
    private record Addition(Entry entry, Map<String, Object> keys) {}

    public YamlEditor(String text) {
        this.text = text;
        this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        this.isJson = text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[");
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            starts.add(at + 1);
        }
        this.lineStarts = starts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Sets a value, with the maps on the way that are missing; gives whether that can be done. */
    public boolean set(Mapping parent, List<String> keys, String value) {
        Mapping map = parent;
        for (int i = 0; i < keys.size(); i++) {
            Optional<Entry> entry = map.entry(keys.get(i));
            boolean isLast = i == keys.size() - 1;
            if (entry.isEmpty()) {
                add(
                        map,
                        new Entry(new Scalar("", Node.Kind.TEXT, true, map.place()), map),
                        keys.subList(i, keys.size()),
                        value);
                return true;
            }
            Node found = entry.get().value();
            if (found.isNull() && !isLast) {
                add(found, entry.get(), keys.subList(i + 1, keys.size()), value);
                return true;
            }
            if (isLast) {
                return replace(found.isNull() ? Optional.empty() : Optional.of(found), entry.get(), value);
            }
            if (!(found instanceof Mapping inner)) {
                return false;
            }
            map = inner;
        }
        return false;
    }

    private boolean replace(Optional<Node> found, Entry entry, String value) {
        if (found.isEmpty()) {
            int colon = text.indexOf(
                    ':',
                    offset(entry.key().place().endLine(), entry.key().place().endColumn()));
            return colon >= 0 && edits.add(new Edit(colon + 1, colon + 1, " " + written(value)));
        }
        return replace(found.get().place(), written(value));
    }

    @SuppressWarnings("unchecked") // a value that is no text is always such a map: it is put in only here
    private void add(Node holder, Entry entry, List<String> keys, String value) {
        Map<String, Object> level = additions
                .computeIfAbsent(holder, _ -> new Addition(entry, new LinkedHashMap<>()))
                .keys();
        for (String key : keys.subList(0, keys.size() - 1)) {
            level = (Map<String, Object>) level.computeIfAbsent(key, _ -> new LinkedHashMap<String, Object>());
        }
        level.putIfAbsent(keys.getLast(), value);
    }

    /** Takes an entry out; gives whether that can be done. In a block one that shares its line
     * stays. Of a flow map only a single value is taken out; a true becomes false. */
    public boolean remove(Mapping parent, String key) {
        Optional<Entry> entry = parent.entry(key);
        if (entry.isEmpty()) {
            return false;
        }
        int line = entry.get().key().place().line();
        int from = lineStarts[line - 1];
        int start = offset(line, entry.get().key().place().column());
        boolean isAlone =
                text.substring(from, start).isBlank() && parent.entries().size() > 1 && !isFlow(parent);
        if (!isAlone && entry.get().value().isTrue()) {
            return replace(entry.get().value().place(), "false");
        }
        if (!isAlone) {
            return isFlow(parent) && entry.get().value() instanceof Scalar && removeMember(start, entry.get());
        }
        return edits.add(new Edit(from, lineAfter(last(entry.get(), parent)), ""));
    }

    /** Takes a member out of a flow map, with the comma behind it, or before it when it is the last one. */
    private boolean removeMember(int start, Entry entry) {
        Place value = entry.value().place();
        int from = start;
        int to = offset(value.endLine(), value.endColumn());
        int behind = to;
        while (behind < text.length() && Character.isWhitespace(text.charAt(behind))) {
            behind++;
        }
        if (behind >= text.length() || to < from) {
            return false;
        }
        if (text.charAt(behind) == ',') {
            to = behind + 1;
            int lineStart = lineStarts[entry.key().place().line() - 1];
            int lineEnd = text.indexOf('\n', to);
            boolean isOwnLine = lineEnd >= 0
                    && text.substring(lineStart, from).isBlank()
                    && text.substring(to, lineEnd).isBlank();
            while (!isOwnLine && to < text.length() && text.charAt(to) == ' ') {
                to++;
            }
            boolean endsLine = lineEnd >= 0 && text.substring(to, lineEnd).isBlank();
            while (endsLine && from > 0 && text.charAt(from - 1) == ' ') {
                from--;
            }
            return edits.add(isOwnLine ? new Edit(lineStart, lineEnd + 1, "") : new Edit(from, to, ""));
        }
        int before = from - 1;
        while (before > 0 && Character.isWhitespace(text.charAt(before))) {
            before--;
        }
        return before > 0 && text.charAt(before) == ',' && edits.add(new Edit(before, to, ""));
    }

    /** Puts another text in the place of a piece. */
    public boolean replace(Place place, String replacement) {
        int from = offset(place.line(), place.column());
        int to = offset(place.endLine(), place.endColumn());
        return from <= to && edits.add(new Edit(from, to, replacement));
    }

    /** Puts whole lines before a line. */
    public boolean insert(int line, List<String> lines) {
        int at = line > lineStarts.length ? text.length() : lineStarts[line - 1];
        StringBuilder added = new StringBuilder(at == text.length() && !text.endsWith("\n") ? lineEnd : "");
        lines.forEach(each -> added.append(each).append(lineEnd));
        return edits.add(new Edit(at, at, added.toString()));
    }

    /** The text with all changes; of changes that overlap only the first. */
    public String edited() {
        additions.forEach(this::write);
        edits.sort(Comparator.comparingInt(Edit::from)
                .thenComparing(Edit::depth, Comparator.reverseOrder())
                .thenComparingInt(Edit::to));
        StringBuilder out = new StringBuilder(text.length() + 256);
        int at = 0;
        for (Edit edit : edits) {
            if (edit.from() >= at) {
                out.append(text, at, edit.from()).append(edit.replacement());
                at = edit.to();
            }
        }
        return out.append(text, at, text.length()).toString();
    }

    private void write(Node holder, Addition addition) {
        if (!(holder instanceof Mapping map)) {
            int end = offset(
                    addition.entry().key().place().endLine(),
                    addition.entry().key().place().endColumn());
            int colon = text.indexOf(':', end);
            if (colon >= 0) {
                edits.add(new Edit(colon + 1, colon + 1, " " + flow(addition.keys())));
            }
            return;
        }
        if (isFlow(map)) {
            intoFlow(map, addition.keys());
            return;
        }
        Entry first = map.entries().getFirst();
        int last = first.key().place().line();
        for (Entry entry : map.entries()) {
            last = Math.max(last, isWithin(entry.key().place(), map) ? last(entry, map) : last);
        }
        String indent = " ".repeat(first.key().place().column() - 1);
        StringBuilder block = new StringBuilder();
        block(addition.keys(), indent, block);
        int at = lineAfter(last);
        boolean isUnended = at == text.length() && !text.endsWith("\n");
        String lines = block.substring(0, block.length() - lineEnd.length());
        edits.add(new Edit(at, at, isUnended ? lineEnd + lines : lines + lineEnd, indent.length()));
    }

    @SuppressWarnings("unchecked") // as in add
    private void block(Map<String, Object> keys, String indent, StringBuilder out) {
        keys.forEach((key, value) -> {
            out.append(indent).append(key).append(':');
            if (value instanceof String line) {
                out.append(' ').append(line).append(lineEnd);
            } else {
                out.append(lineEnd);
                block((Map<String, Object>) value, indent + "  ", out);
            }
        });
    }

    private void intoFlow(Mapping map, Map<String, Object> keys) {
        int end = offset(map.place().endLine(), map.place().endColumn());
        int brace = end < text.length() && text.charAt(end) == '}' && !endsBefore(map, end) ? end : end - 1;
        if (brace < 0 || brace >= text.length() || text.charAt(brace) != '}') {
            return;
        }
        int at = brace;
        while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        boolean isEmpty = text.charAt(at - 1) == '{';
        boolean hasComma = text.charAt(at - 1) == ',';
        boolean isTall =
                text.substring(at, brace).indexOf('\n') >= 0 && !map.entries().isEmpty();
        String between = isTall
                ? lineEnd + " ".repeat(map.entries().getFirst().key().place().column() - 1)
                : isEmpty ? "" : " ";
        String members = flow(keys);
        edits.add(new Edit(
                at, at, (isEmpty || hasComma ? "" : ",") + between + members.substring(1, members.length() - 1)));
    }

    /** YAML's parser gives the place of the brace, JSON's the one behind it. */
    private boolean endsBefore(Mapping map, int end) {
        return isJson && end > 0 && text.charAt(end - 1) == '}' && map.place().endColumn() > 1;
    }

    @SuppressWarnings("unchecked") // as in add
    private String flow(Map<String, Object> keys) {
        StringJoiner members = new StringJoiner(", ", "{", "}");
        keys.forEach((key, value) -> members.add((isJson ? "\"" + key + "\": " : key + ": ")
                + (value instanceof String line ? written(line) : flow((Map<String, Object>) value))));
        return members.toString();
    }

    private String written(String value) {
        boolean isBare = value.equals("true")
                || value.equals("false")
                || value.startsWith("[")
                || value.chars().allMatch(Character::isDigit);
        return isJson && !isBare ? "\"" + value + "\"" : value;
    }

    private boolean isFlow(Mapping map) {
        int start = offset(map.place().line(), map.place().column());
        return start < text.length() && text.charAt(start) == '{';
    }

    private static boolean isWithin(Place place, Mapping map) {
        return place.line() >= map.place().line() && place.line() <= map.place().endLine();
    }

    /** The last line of an entry; what an alias or a merge key brings stands elsewhere. */
    private int last(Entry entry, Mapping map) {
        int last = Math.max(entry.key().place().line(), last(entry.value(), map));
        while (last > entry.key().place().line() && line(last).isBlank()) {
            last--;
        }
        return last;
    }

    private int last(Node node, Mapping map) {
        if (!isWithin(node.place(), map)) {
            return 0;
        }
        boolean isFlow = offset(node.place().line(), node.place().column()) < text.length()
                && "{["
                                .indexOf(text.charAt(
                                        offset(node.place().line(), node.place().column())))
                        >= 0;
        if (isFlow || node instanceof Scalar) {
            return node.place().endColumn() == 1
                    ? node.place().endLine() - 1
                    : node.place().endLine();
        }
        int last = node.place().line();
        for (Entry entry : node.entries()) {
            last = Math.max(last, isWithin(entry.key().place(), map) ? last(entry, map) : 0);
        }
        for (Node element : node.elements()) {
            last = Math.max(last, last(element, map));
        }
        return last;
    }

    private String line(int number) {
        return number > lineStarts.length ? "" : text.substring(lineStarts[number - 1], lineAfter(number));
    }

    private int lineAfter(int number) {
        return number >= lineStarts.length ? text.length() : lineStarts[number];
    }

    private int offset(int line, int column) {
        if (line > lineStarts.length) {
            return text.length();
        }
        int start = lineStarts[line - 1];
        int end = lineAfter(line);
        int most = text.codePointCount(start, end);
        return text.offsetByCodePoints(start, Math.min(column - 1, most));
    }
}
