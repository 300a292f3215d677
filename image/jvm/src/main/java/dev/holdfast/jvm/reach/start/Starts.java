package dev.holdfast.jvm.reach.start;

import dev.holdfast.core.InputException;
import dev.holdfast.jvm.reach.image.ImageFiles;
import dev.holdfast.jvm.reach.image.Paths;
import dev.holdfast.jvm.reach.image.StartSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the commands of the Java launcher that an image starts with: directly, or through shells, scripts and programs that only run others. */
public final class Starts {
    /** Scripts that start scripts; images have one or two. */
    private static final int DEEPEST = 4;

    private static final int MOST_SCRIPT = 1 << 18;
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "ksh", "busybox");
    /** Programs that run the program behind their own options. */
    private static final Set<String> RUNNERS = Set.of(
            "exec",
            "nohup",
            "tini",
            "dumb-init",
            "env",
            "gosu",
            "su-exec",
            "setpriv",
            "nice",
            "sudo",
            "chroot",
            "catchsegv",
            "docker-java-home",
            "command",
            "time",
            "eval");
    /** How far behind such a program the one that it runs is looked for. */
    private static final int NEAR = 8;

    private final ImageFiles files;
    private final StartSettings settings;
    private final List<Start> found = new ArrayList<>();
    private final List<String> servers = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();

    /**
     * @param command of the launcher
     * @param environment at that point
     */
    public record Start(JavaCommand command, Map<String, String> environment) {}

    /**
     * All that was found.
     *
     * @param starts commands of the launcher
     * @param servers paths of scripts that start a servlet container
     * @param doubts what could not be made out, in sentences
     */
    public record Found(List<Start> starts, List<String> servers, List<String> doubts) {}

    private Starts(ImageFiles files, StartSettings settings) {
        this.files = files;
        this.settings = settings;
    }

    public static Found of(ImageFiles files, StartSettings settings) {
        Starts starts = new Starts(files, settings);
        starts.command(settings.words(), settings.environment(), 0);
        return new Found(starts.found, starts.servers, starts.doubts);
    }

    private void command(List<String> words, Map<String, String> environment, int depth) {
        if (words.isEmpty() || depth > DEEPEST) {
            return;
        }
        String program = words.getFirst();
        String name = program.substring(program.lastIndexOf('/') + 1);
        if (JavaCommand.isLauncher(program)) {
            launch(words, environment);
        } else if (SHELLS.contains(name)) {
            shell(words, environment, depth);
        } else if (RUNNERS.contains(name)) {
            for (int i = 1; i < Math.min(words.size(), NEAR); i++) {
                if (leads(words.get(i), environment)) {
                    command(words.subList(i, words.size()), environment, depth + 1);
                    return;
                }
            }
        } else {
            program(program, environment).ifPresent(path -> script(path, words, environment, depth));
        }
    }

    private boolean leads(String word, Map<String, String> environment) {
        String name = word.substring(word.lastIndexOf('/') + 1);
        return !word.startsWith("-")
                && (JavaCommand.isLauncher(word)
                        || SHELLS.contains(name)
                        || RUNNERS.contains(name)
                        || program(word, environment).isPresent());
    }

    /** {@code sh -c text}, {@code sh script arguments}. */
    private void shell(List<String> words, Map<String, String> environment, int depth) {
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            boolean isText = word.startsWith("-") && !word.startsWith("--") && word.endsWith("c");
            if (isText && i + 1 < words.size()) {
                int after = Math.min(words.size(), i + 3); // the word behind the text is $0
                commands(words.get(i + 1), environment, words.subList(after, words.size()), depth);
                return;
            }
            if (!word.startsWith("-") && !SHELLS.contains(word)) {
                List<String> rest = words.subList(i, words.size());
                program(word, environment).ifPresent(path -> script(path, rest, environment, depth));
                return;
            }
        }
    }

    /** The file that a word stands for: a path, or a name that is looked for in {@code PATH}. */
    private Optional<String> program(String word, Map<String, String> environment) {
        List<String> candidates = new ArrayList<>();
        if (word.indexOf('/') >= 0) {
            candidates.add(absolute(word));
        } else if (!word.isEmpty()) {
            String path =
                    environment.getOrDefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
            for (String folder : path.split(":", -1)) {
                candidates.add((folder.isEmpty() ? settings.workingDirectory() : folder) + "/" + word);
            }
            candidates.add(absolute(word));
        }
        return candidates.stream()
                .map(Paths::normal)
                .filter(path ->
                        files.kind(path).filter(ImageFiles.Kind.FILE::equals).isPresent())
                .findFirst();
    }

    private String absolute(String path) {
        return Paths.resolve(settings.workingDirectory(), path);
    }

    private void script(String path, List<String> words, Map<String, String> environment, int depth) {
        String real = files.real(path);
        String name = real.substring(real.lastIndexOf('/') + 1);
        if (name.equals("catalina.sh") || name.equals("startup.sh")) {
            servers.add(real);
            return;
        }
        Optional<String> text = text(real);
        if (text.isEmpty()) {
            return; // a program of its own
        }
        Map<String, String> variables = new HashMap<>(environment);
        String folder = Paths.parent(real);
        variables.put("0", path);
        // What start scripts of build tools find out by running pwd.
        for (String home : List.of("APP_HOME", "BASEDIR", "PRGDIR")) {
            variables.put(home, home.equals("PRGDIR") ? folder : Paths.parent(folder));
        }
        commands(text.get(), variables, words.subList(1, words.size()), depth);
    }

    /** The text of a script; empty for what is none. */
    private Optional<String> text(String path) {
        try {
            var bytes = files.open(path);
            byte[] head = new byte[(int) Math.min(bytes.size(), MOST_SCRIPT)];
            int have = bytes.read(0, head, 0, head.length);
            boolean isScript = have > 2 && head[0] == '#' && head[1] == '!';
            boolean isNamedSo = path.endsWith(".sh") && have > 0 && head[0] != 0x7f;
            return isScript || isNamedSo
                    ? Optional.of(new String(head, 0, have, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (InputException | IOException unreadable) {
            doubts.add("the start script " + path + " cannot be read");
            return Optional.empty();
        }
    }

    private void commands(String text, Map<String, String> environment, List<String> arguments, int depth) {
        Shell.Read read = Shell.read(text, environment, arguments);
        for (List<String> command : read.commands()) {
            String first = command.getFirst();
            boolean isSourced = (first.equals(".") || first.equals("source")) && command.size() > 1;
            command(isSourced ? command.subList(1, command.size()) : command, read.variables(), depth + 1);
        }
    }

    private void launch(List<String> words, Map<String, String> environment) {
        List<String> before = new ArrayList<>();
        for (String variable : List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS")) {
            before.addAll(expand(split(environment.getOrDefault(variable, ""))));
        }
        JavaCommand command = JavaCommand.parse(expand(words), before, environment.getOrDefault("CLASSPATH", ""));
        if (command.kind() == JavaCommand.Kind.NOTHING) {
            return;
        }
        String all = command.main() + String.join(":", command.classPath()) + String.join(":", command.modulePath());
        if (all.indexOf(Shell.UNKNOWN) >= 0) {
            doubts.add("a script computes how Java is started");
        }
        Start start = new Start(command, environment);
        if (found.stream().noneMatch(known -> known.command().equals(command))) {
            found.add(start);
        }
    }

    /** Opens {@code @file} arguments, wherever they stand before the program's own. */
    private List<String> expand(List<String> words) {
        List<String> expanded = new ArrayList<>();
        for (String word : words) {
            if (word.startsWith("@") && word.length() > 1) {
                expanded.addAll(argumentFile(word.substring(1)));
            } else {
                expanded.add(word);
            }
        }
        return expanded;
    }

    private List<String> argumentFile(String path) {
        try {
            var bytes = files.open(absolute(path));
            byte[] all = new byte[(int) Math.min(bytes.size(), MOST_SCRIPT)];
            int have = bytes.read(0, all, 0, all.length);
            return split(new String(all, 0, Math.max(0, have), StandardCharsets.UTF_8));
        } catch (InputException | IOException unreadable) {
            doubts.add("the argument file " + path + " cannot be read");
            return List.of();
        }
    }

    /** Words between blanks, quotes taken off; {@code #} begins a comment. */
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                isWord = true;
            } else if (c == '#' && !isWord) {
                int end = text.indexOf('\n', i);
                i = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                if (isWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                isWord = false;
            } else {
                word.append(c);
                isWord = true;
            }
        }
        if (isWord) {
            words.add(word.toString());
        }
        return words;
    }
}
