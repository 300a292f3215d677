package dev.holdfast.check.exception;

import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.SourceFile;
import java.util.List;
import java.util.Optional;

/**
 * Exceptions in comments of YAML files and Dockerfiles:
 *
 * <pre>
 * # holdfast:ignore RULE[,RULE…] reason=TEXT [owner=NAME] [until=YYYY-MM-DD]
 * </pre>
 *
 * <p>Behind a value it holds for its line. On a line of its own it holds for what begins on the next line that is no comment: in YAML for that
 * key or element with everything in it, and before the first key of a document for the whole document; in a Dockerfile for the instruction.
 */
final class Comments {
    private static final String MARK = "holdfast:ignore";

    private final String path;
    private final List<String> lines;
    private final boolean isDockerfile;
    private final Found found;

    private Comments(String path, String text, boolean isDockerfile, Found found) {
        this.path = path;
        this.lines = text.lines().toList();
        this.isDockerfile = isDockerfile;
        this.found = found;
    }

    /** Adds those of a file; a file without the mark costs one look. */
    static void read(SourceFile source, InputKind kind, Found found) {
        if (source.text().contains(MARK)) {
            new Comments(source.path(), source.text(), kind == InputKind.DOCKERFILE, found).read();
        }
    }

    private void read() {
        for (int i = 0; i < lines.size(); i++) {
            int hash = comment(lines.get(i));
            if (hash >= 0) {
                boolean isAlone = lines.get(i).substring(0, hash).isBlank();
                String words = lines.get(i).substring(lines.get(i).indexOf(MARK, hash) + MARK.length());
                Optional<int[]> range = isAlone ? next(i) : Optional.of(new int[] {i, i});
                add(Words.of(words), i, range);
            }
        }
    }

    /** Where the comment with the mark begins; -1 when there is none. In a Dockerfile only whole lines are comments. */
    private int comment(String line) {
        int mark = line.indexOf(MARK);
        int hash = mark < 0 ? -1 : line.lastIndexOf('#', mark);
        boolean isOurs = hash >= 0
                && line.substring(hash + 1, mark).isBlank()
                && (hash == 0 || Character.isWhitespace(line.charAt(hash - 1)))
                && (!isDockerfile || line.substring(0, hash).isBlank());
        return isOurs ? hash : -1;
    }

    private void add(Words words, int line, Optional<int[]> range) {
        Exemption.Spot at = new Exemption.Spot(path, line + 1);
        List<String> ids = List.of(words.text().split("[,\\s]+"));
        String problem = !words.problem().isEmpty()
                ? words.problem()
                : words.text().isEmpty()
                        ? "it names no rule"
                        : words.reason().isEmpty()
                                ? "it gives no reason (reason=…)"
                                : range.isEmpty() ? "nothing follows it" : "";
        if (problem.isEmpty()) {
            int[] lines = range.orElseThrow();
            found.exemptions()
                    .add(new Exemption(
                            ids,
                            "",
                            "",
                            Optional.of(new Exemption.Lines(path, lines[0] + 1, lines[1] + 1)),
                            words.reason(),
                            words.owner(),
                            words.until(),
                            at));
        } else {
            found.wrong().add(new Found.Wrong(at, problem));
        }
    }

    /** The lines, from 0, of what begins after a comment. */
    private Optional<int[]> next(int comment) {
        int first = comment + 1;
        while (first < lines.size() && isEmpty(lines.get(first))) {
            first++;
        }
        if (first == lines.size()) {
            return Optional.empty();
        }
        return Optional.of(new int[] {first, isDockerfile ? endOfInstruction(first) : endOfBlock(first)});
    }

    private static boolean isEmpty(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    private int endOfInstruction(int first) {
        int last = first;
        while (last + 1 < lines.size()
                && (lines.get(last).stripTrailing().endsWith("\\")
                        || lines.get(last).strip().startsWith("#"))) {
            last++;
        }
        return last;
    }

    /** A list may stand as far left as the key that holds it. */
    private int endOfBlock(int first) {
        int indent = indent(lines.get(first));
        boolean isKey = !lines.get(first).strip().startsWith("-");
        boolean isDocument = indent == 0 && beginsDocument(first);
        int last = first;
        for (int i = first + 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (isSeparator(line)) {
                break;
            }
            boolean isInside = indent(line) > indent
                    || isKey && indent(line) == indent && line.strip().startsWith("- ");
            if (!isEmpty(line) && !isInside && !isDocument) {
                break;
            }
            last = isEmpty(line) ? last : i;
        }
        return last;
    }

    private boolean beginsDocument(int line) {
        for (int i = line - 1; i >= 0; i--) {
            if (isSeparator(lines.get(i))) {
                return true;
            }
            if (!isEmpty(lines.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSeparator(String line) {
        return line.equals("---") || line.startsWith("--- ");
    }

    private static int indent(String line) {
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') {
            indent++;
        }
        return indent;
    }
}
