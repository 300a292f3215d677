package dev.holdfast.check.host;

import dev.holdfast.check.host.Flags.Word;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A unit of systemd as it is started (systemd.unit(5), systemd.exec(5), systemd.service(5)).
 *
 * <pre>
 * unit     = the first file of this name in {@link #FOLDERS}
 * drop-in  = NAME.d/*.conf of all folders, by the file's name; of two with one name the one of the earlier folder
 * line     = key "=" value, a backslash at the end goes on in the next line; "#" and ";" begin comments
 * ExecStart=              takes back what stood before; another one counts after it
 * Environment=            assignments, quoted or not; an empty one takes all back
 * EnvironmentFile=[-]PATH lines NAME=value; a later one wins over Environment
 * $NAME                   as a word of its own: the words of the value; ${NAME} inside of a word: the value
 * </pre>
 *
 * <p>Specifiers ({@code %i}) stand as they are written.
 */
final class SystemdUnit {
    /** In the order in which systemd looks. */
    static final List<String> FOLDERS = List.of(
            "/etc/systemd/system",
            "/run/systemd/system",
            "/usr/local/lib/systemd/system",
            "/usr/lib/systemd/system",
            "/lib/systemd/system");

    /** Variables in variables are not a thing; a longer line is no unit of anybody. */
    private static final int MOST_WORDS = 10_000;

    private static final Pattern INSIDE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

    /** One line {@code key=value}. */
    record Line(String file, int number, String section, String key, String value) {
        Place place() {
            return new Place(number, 1, number, 1);
        }
    }

    private final List<Line> lines = new ArrayList<>();

    private SystemdUnit() {}

    /** The unit of this name with its additions; one without lines when there is none, or it is masked. */
    static SystemdUnit of(HostRoot root, String name) {
        SystemdUnit unit = new SystemdUnit();
        for (String folder : FOLDERS) {
            if (root.has(folder + "/" + name)) {
                unit.add(root, folder + "/" + name);
                break;
            }
        }
        Map<String, String> additions = new TreeMap<>();
        for (String folder : FOLDERS) {
            for (String file : root.files(folder + "/" + name + ".d", each -> each.endsWith(".conf"))) {
                additions.putIfAbsent(file.substring(file.lastIndexOf('/') + 1), file);
            }
        }
        additions.values().forEach(file -> unit.add(root, file));
        return unit;
    }

    private void add(HostRoot root, String file) {
        String section = "";
        int number = 0;
        StringBuilder held = new StringBuilder();
        int first = 1;
        for (String raw : root.text(file).orElse("").split("\n", -1)) {
            number++;
            String line = raw.strip();
            boolean isComment = line.startsWith("#") || line.startsWith(";");
            if (isComment) {
                continue;
            }
            first = held.isEmpty() ? number : first;
            if (line.endsWith("\\")) {
                held.append(line, 0, line.length() - 1).append(' ');
                continue;
            }
            String whole = held.append(line).toString().strip();
            held.setLength(0);
            int equals = whole.indexOf('=');
            if (whole.startsWith("[") && whole.endsWith("]")) {
                section = whole.substring(1, whole.length() - 1);
            } else if (equals > 0) {
                lines.add(new Line(
                        file,
                        first,
                        section,
                        whole.substring(0, equals).strip(),
                        whole.substring(equals + 1).strip()));
            }
        }
    }

    /** The values of a key that may be given several times; an empty one takes back those before it. */
    List<Line> values(String section, String key) {
        List<Line> values = new ArrayList<>();
        for (Line line : lines) {
            if (line.section().equals(section) && line.key().equals(key)) {
                if (line.value().isEmpty()) {
                    values.clear();
                } else {
                    values.add(line);
                }
            }
        }
        return values;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The words with which it starts its program, variables put in; none when it starts nothing. */
    List<Word> command(HostRoot root) {
        List<Line> starts = values("Service", "ExecStart");
        if (starts.isEmpty()) {
            return List.of();
        }
        Line start = starts.getLast();
        Map<String, Word> variables = variables(root);
        List<Word> words = new ArrayList<>();
        for (String word : split(start.value())) {
            if (words.size() >= MOST_WORDS) {
                break;
            }
            Word whole = word.startsWith("$") && !word.startsWith("${") ? variables.get(word.substring(1)) : null;
            if (whole != null) {
                split(whole.text()).forEach(part -> words.add(new Word(whole.file(), part, whole.place())));
            } else if (!word.startsWith("$") || word.startsWith("${")) {
                words.add(new Word(start.file(), inside(word, variables), start.place()));
            }
        }
        return words;
    }

    private static String inside(String word, Map<String, Word> variables) {
        return INSIDE.matcher(word).replaceAll(match -> {
            Word value = variables.get(match.group(1));
            return value == null ? "" : Matcher.quoteReplacement(value.text());
        });
    }

    private Map<String, Word> variables(HostRoot root) {
        Map<String, Word> variables = new HashMap<>();
        for (Line line : values("Service", "Environment")) {
            split(line.value()).forEach(word -> put(variables, word, line.file(), line.place()));
        }
        for (Line line : values("Service", "EnvironmentFile")) {
            String path = line.value().startsWith("-") ? line.value().substring(1) : line.value();
            int number = 0;
            for (String each : root.text(path).orElse("").split("\n", -1)) {
                number++;
                String text = each.strip();
                if (!text.startsWith("#") && !text.startsWith(";")) {
                    put(variables, unquoted(text), path, new Place(number, 1, number, 1));
                }
            }
        }
        return variables;
    }

    private static String unquoted(String line) {
        return line.replaceFirst("^([A-Za-z_][A-Za-z0-9_]*)=([\"'])(.*)\\2$", "$1=$3");
    }

    private static void put(Map<String, Word> variables, String assignment, String file, Place place) {
        int equals = assignment.indexOf('=');
        if (equals > 0) {
            variables.put(assignment.substring(0, equals), new Word(file, assignment.substring(equals + 1), place));
        }
    }

    /** The words of a value: blanks part them, quotes hold them together and are taken off. */
    private static List<String> split(String value) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isOpen = false;
        char quote = 0;
        for (int i = 0; i < value.length(); i++) {
            char one = value.charAt(i);
            if (quote != 0) {
                quote = one == quote ? 0 : quote;
                if (quote != 0) {
                    word.append(one);
                }
            } else if (one == '"' || one == '\'') {
                quote = one;
                isOpen = true;
            } else if (one == ' ' || one == '\t') {
                if (isOpen || !word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
                isOpen = false;
            } else {
                word.append(one);
            }
        }
        if (isOpen || !word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
