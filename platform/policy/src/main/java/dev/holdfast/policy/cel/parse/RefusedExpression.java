package dev.holdfast.policy.cel.parse;

import dev.holdfast.policy.cel.value.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An expression that cannot be compiled. The message is what the server says, several lines long. */
public final class RefusedExpression extends Exception {
    private static final long serialVersionUID = 1L;

    /** More errors than this help nobody; cel-go stops there, too. */
    private static final int MOST_ISSUES = 100;

    private static final String COMPILATION = "compilation failed: ";

    private RefusedExpression(String message) {
        super(message);
    }

    public static RefusedExpression of(String source, List<Issue> issues) {
        List<Issue> sorted = new ArrayList<>(issues);
        sorted.sort(Comparator.comparingInt(Issue::offset));
        StringBuilder text = new StringBuilder();
        int[] points = source.codePoints().toArray();
        for (Issue issue : sorted.subList(0, Math.min(sorted.size(), MOST_ISSUES))) {
            text.append(text.isEmpty() ? "" : "\n");
            show(text, points, issue);
        }
        return new RefusedExpression(COMPILATION + text);
    }

    /** An expression that compiles, and whose constant parts have no value. */
    public static RefusedExpression of(Fault fault) {
        return new RefusedExpression("program instantiation failed: " + fault.getMessage());
    }

    public static RefusedExpression ofResult(String message) {
        return new RefusedExpression(message);
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }

    /** The message without the word that compiling failed: each thing that is wrong, with its place. */
    public String issues() {
        String message = getMessage();
        return message.startsWith(COMPILATION) ? message.substring(COMPILATION.length()) : message;
    }

    /** Whether the server takes this for a fault of its own, and says so. */
    public boolean isInternal() {
        return getMessage().startsWith("program instantiation failed");
    }

    private static void show(StringBuilder text, int[] points, Issue issue) {
        int at = Math.min(issue.offset(), points.length);
        int start = at;
        while (start > 0 && points[start - 1] != '\n') {
            start--;
        }
        int end = at;
        while (end < points.length && points[end] != '\n') {
            end++;
        }
        int line = 1;
        for (int i = 0; i < start; i++) {
            line += points[i] == '\n' ? 1 : 0;
        }
        text.append("ERROR: <input>:")
                .append(line)
                .append(':')
                .append(at - start + 1)
                .append(": ");
        text.append(issue.message()).append("\n | ");
        for (int i = start; i < end; i++) {
            text.appendCodePoint(points[i] == '\t' ? ' ' : points[i]);
        }
        text.append("\n | ");
        for (int i = start; i < at; i++) {
            text.append(points[i] < 0x80 ? '.' : '．');
        }
        text.append(at >= points.length || points[at] < 0x80 ? '^' : '＾');
    }
}
