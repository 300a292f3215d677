package dev.holdfast.scan.routing;

import dev.holdfast.core.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who owns which paths, in the format of {@code CODEOWNERS}: a pattern and its owners a line; the last line that fits a path counts, and one
 * without owners says that nobody owns it.
 *
 * <pre>
 *   pattern   = [ "/" ] part { "/" part } [ "/" ]
 *   part      = "**"  any folders, also none   |   characters, "*" for any of one name, "?" for one, "\" before a blank or "#"
 * </pre>
 *
 * A slash at the beginning or inside binds the pattern to the root; without one it fits at any depth. What fits a folder fits all that is in it,
 * but {@code folder/*}, which fits only what lies directly there. Negation and character ranges are not part of the format.
 */
public final class OwnersFile {
    /** Nobody owns anything. */
    public static final OwnersFile NONE = new OwnersFile(List.of());

    private static final int MOST_LINES = 10_000;
    private static final int MOST_PATTERN = 1_000;

    private final List<Line> lines;

    private record Line(Pattern pattern, List<String> owners) {}

    private OwnersFile(List<Line> lines) {
        this.lines = lines;
    }

    /** Reads a file; its name is for messages. */
    public static OwnersFile parse(String name, String text) throws InputException {
        List<Line> lines = new ArrayList<>();
        String[] all = text.split("\\R", -1);
        if (all.length > MOST_LINES) {
            throw new InputException(InputException.Code.LIMIT, name + ": more than " + MOST_LINES + " lines");
        }
        for (int i = 0; i < all.length; i++) {
            List<String> words = words(all[i]);
            if (!words.isEmpty()) {
                lines.add(new Line(
                        pattern(words.getFirst(), name + ", line " + (i + 1)), words.subList(1, words.size())));
            }
        }
        return new OwnersFile(List.copyOf(lines));
    }

    /** The words of a line up to its comment; a backslash keeps what follows it in the word. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                word.append(c).append(line.charAt(++i));
            } else if (c == ' ' || c == '\t') {
                add(word, words);
            } else if (c == '#' && word.isEmpty()) {
                break;
            } else {
                word.append(c);
            }
        }
        add(word, words);
        return words;
    }

    private static void add(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static Pattern pattern(String text, String where) throws InputException {
        if (text.startsWith("!") || text.indexOf('[') >= 0 || text.length() > MOST_PATTERN) {
            throw new InputException(
                    InputException.Code.MALFORMED,
                    where + ": "
                            + (text.length() > MOST_PATTERN
                                    ? "the pattern is longer than " + MOST_PATTERN + " characters"
                                    : "owners files have neither ! nor [ ] in patterns"));
        }
        String body = text.startsWith("/") ? text.substring(1) : text;
        boolean isFolder = body.endsWith("/");
        body = isFolder ? body.substring(0, body.length() - 1) : body;
        boolean isBound = text.startsWith("/") || body.indexOf('/') >= 0;
        StringBuilder regex = new StringBuilder(isBound ? "/" : "/(?:.*/)?");
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (body.startsWith("**/", i) && (i == 0 || body.charAt(i - 1) == '/')) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (body.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                boolean isEscape = c == '\\' && i + 1 < body.length();
                regex.append(Pattern.quote(String.valueOf(isEscape ? body.charAt(++i) : c)));
            }
        }
        boolean isOfOneFolder = body.endsWith("/*");
        regex.append(isFolder ? "/.*" : isOfOneFolder ? "" : "(?:/.*)?");
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** Who owns the file at that absolute path; empty when nobody does. */
    public List<String> ownersOf(String path) {
        List<String> owners = List.of();
        for (Line line : lines) {
            if (line.pattern().matcher(path).matches()) {
                owners = line.owners();
            }
        }
        return owners;
    }

    /** Whether it says nothing. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }
}
