package dev.holdfast.jvm.reach.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command line of the Java launcher, as its manual describes it: options, then a main class, {@code -jar} and an archive, or {@code -m} and
 * a module, then arguments of the program.
 *
 * @param program the word that names the launcher
 * @param main the main class, archive or module; empty when there is none
 * @param kind which of them it is
 * @param classPath entries in order, wildcards as written
 * @param modulePath the same for modules
 * @param options all options before the main word, arguments behind them joined with {@code =}
 */
public record JavaCommand(
        String program, String main, Kind kind, List<String> classPath, List<String> modulePath, List<String> options) {

    public enum Kind {
        CLASS,
        ARCHIVE,
        MODULE,
        NOTHING
    }

    private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");
    private static final Set<String> MODULE_PATH = Set.of("-p", "--module-path");
    private static final Set<String> MODULE = Set.of("-m", "--module");
    private static final Set<String> WITH_ARGUMENT = Set.of(
            "--add-modules",
            "--add-exports",
            "--add-opens",
            "--add-reads",
            "--limit-modules",
            "--patch-module",
            "--upgrade-module-path",
            "--enable-native-access",
            "--illegal-native-access",
            "--describe-module",
            "-d",
            "--source",
            "--finalization");

    public JavaCommand {
        classPath = List.copyOf(classPath);
        modulePath = List.copyOf(modulePath);
        options = List.copyOf(options);
    }

    /** Whether a word names the launcher. */
    static boolean isLauncher(String word) {
        String name = word.substring(word.lastIndexOf('/') + 1);
        return name.equals("java") || name.equals("javaw") || name.equals("java.exe");
    }

    /**
     * Reads a command line.
     *
     * @param words the launcher first, files of arguments opened
     * @param before options that come from the environment, as {@code JAVA_TOOL_OPTIONS} does
     * @param environmentPath the variable {@code CLASSPATH}
     */
    public static JavaCommand parse(List<String> words, List<String> before, String environmentPath) {
        List<String> all = new ArrayList<>(before);
        all.addAll(words.subList(1, words.size()));
        List<String> options = new ArrayList<>();
        List<String> modules = List.of();
        Optional<String> path = Optional.empty();
        for (int i = 0; i < all.size(); i++) {
            String word = all.get(i);
            String next = i + 1 < all.size() ? all.get(i + 1) : "";
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? word : word.substring(0, equals);
            String value = equals < 0 ? next : word.substring(equals + 1);
            boolean takesNext = equals < 0;
            if (CLASS_PATH.contains(name)) {
                path = Optional.of(value);
            } else if (MODULE_PATH.contains(name)) {
                modules = split(value);
            } else if (MODULE.contains(name)) {
                return new JavaCommand(words.getFirst(), value, Kind.MODULE, split(path.orElse("")), modules, options);
            } else if (word.equals("-jar")) {
                return new JavaCommand(words.getFirst(), next, Kind.ARCHIVE, List.of(), modules, options);
            } else if (WITH_ARGUMENT.contains(name)) {
                options.add(name + "=" + value);
            } else if (word.startsWith("-")) {
                options.add(word);
                takesNext = false;
            } else if (!word.isEmpty()) {
                String given = path.orElse(environmentPath.isEmpty() ? "." : environmentPath);
                return new JavaCommand(words.getFirst(), word, Kind.CLASS, split(given), modules, options);
            } else {
                takesNext = false;
            }
            i += takesNext ? 1 : 0;
        }
        return new JavaCommand(words.getFirst(), "", Kind.NOTHING, split(path.orElse("")), modules, options);
    }

    private static List<String> split(String path) {
        List<String> entries = new ArrayList<>();
        for (String entry : path.split(":", -1)) {
            if (!entry.isEmpty()) {
                entries.add(entry);
            }
        }
        return entries;
    }
}
