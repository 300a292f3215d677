package dev.holdfast.core.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes to the lines of one text, and how {@code patch} and {@code git apply} read them: the unified format of POSIX {@code diff -u}, with three
 * lines around each change, and without times. A carriage return stays with its line, and new lines end as the first line of the text does.
 */
public final class UnifiedDiff {
    private static final int CONTEXT = 3;
    private static final String UNENDED = "\\ No newline at end of file\n";

    private final String name;
    private final List<String> lines;
    private final boolean endsWithLineFeed;
    private final String lineEnd;
    private final TreeMap<Integer, Change> changes = new TreeMap<>();

    private record Change(int removed, List<String> added) {}

    /** A text without changes yet; the name is what both heads of the diff call it. */
    public UnifiedDiff(String name, String text) {
        this.name = name;
        List<String> all = List.of(text.split("\n", -1));
        endsWithLineFeed = all.getLast().isEmpty();
        lines = endsWithLineFeed ? all.subList(0, all.size() - 1) : all;
        lineEnd = !lines.isEmpty() && lines.getFirst().endsWith("\r") ? "\r" : "";
    }

    /** The lines of the text, without line feeds; a carriage return at the end of a line is part of it. */
    public List<String> lines() {
        return lines;
    }

    /**
     * Puts other lines in the place of some. Changes must not overlap; several at one line are made in their order.
     *
     * @param from index of the first line that goes, from 0; the number of lines to add at the end
     * @param removed how many go; 0 to add before that line
     * @param added what comes, without line ends
     */
    public void replace(int from, int removed, List<String> added) {
        Change before = changes.get(from);
        if (before == null) {
            changes.put(from, new Change(removed, List.copyOf(added)));
            return;
        }
        List<String> both = new ArrayList<>(before.added());
        both.addAll(added);
        changes.put(from, new Change(Math.max(before.removed(), removed), both));
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The diff; empty without changes. */
    @Override
    public String toString() {
        if (changes.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("--- " + name + "\n+++ " + name + "\n");
        List<Map.Entry<Integer, Change>> near = new ArrayList<>();
        int shift = 0;
        for (Map.Entry<Integer, Change> change : changes.entrySet()) {
            if (!near.isEmpty() && change.getKey() - end(near.getLast()) > 2 * CONTEXT) {
                shift += hunk(near, shift, out);
                near.clear();
            }
            near.add(change);
        }
        hunk(near, shift, out);
        return out.toString();
    }

    private static int end(Map.Entry<Integer, Change> change) {
        return change.getKey() + change.getValue().removed();
    }

    /** Writes changes that stand near each other; gives how many lines more there are after them. */
    private int hunk(List<Map.Entry<Integer, Change>> near, int shift, StringBuilder out) {
        int from = Math.max(0, near.getFirst().getKey() - CONTEXT);
        int to = Math.min(lines.size(), end(near.getLast()) + CONTEXT);
        boolean endsUnended = !endsWithLineFeed && to == lines.size();
        StringBuilder body = new StringBuilder();
        int more = 0;
        int at = from;
        for (Map.Entry<Integer, Change> change : near) {
            Change what = change.getValue();
            boolean addsAtEnd = endsUnended
                    && change.getKey() == lines.size()
                    && !what.added().isEmpty();
            for (; at < change.getKey(); at++) {
                if (addsAtEnd && at == lines.size() - 1) { // what follows needs a line feed before it
                    write('-', at, body);
                    body.append('+').append(lines.get(at)).append(lineEnd).append('\n');
                } else {
                    write(' ', at, body);
                }
            }
            for (; at < end(change); at++) {
                write('-', at, body);
            }
            what.added()
                    .forEach(line ->
                            body.append('+').append(line).append(lineEnd).append('\n'));
            more += what.added().size() - what.removed();
        }
        for (; at < to; at++) {
            write(' ', at, body);
        }
        out.append(String.format(
                        Locale.ROOT,
                        "@@ -%d,%d +%d,%d @@\n",
                        to == from ? from : from + 1,
                        to - from,
                        (to - from + more == 0 ? from : from + 1) + shift,
                        to - from + more))
                .append(body);
        return more;
    }

    private void write(char mark, int line, StringBuilder out) {
        out.append(mark).append(lines.get(line)).append('\n');
        if (line == lines.size() - 1 && !endsWithLineFeed) {
            out.append(UNENDED);
        }
    }
}
