package dev.holdfast.scan.fix;

import dev.holdfast.core.InputException;
import dev.holdfast.core.text.UnifiedDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the steps for the base and for the distribution's packages into a Dockerfile, as a unified diff for {@code patch -p0} or {@code git
 * apply -p0}: another image in the {@code FROM} that the last stage goes back to, and one {@code RUN} after the last {@code FROM}, so that what
 * the stage installs later starts from fixed packages. A {@code FROM} whose image is made up of arguments is left as it is.
 */
public final class DockerfilePatch {
    private static final Pattern HEREDOC = Pattern.compile("<<-?([\"']?)([A-Za-z_][A-Za-z0-9_]*)\\1");
    private static final Pattern ESCAPE = Pattern.compile("#\\s*escape\\s*=\\s*(\\S)\\s*", Pattern.CASE_INSENSITIVE);

    /** {@code FROM [--platform=…] IMAGE [AS NAME]}. */
    private static final Pattern FROM =
            Pattern.compile("(\\s*FROM\\s+(?:--\\S+\\s+)*)(\\S+)(?:(\\s+AS\\s+)(\\S+))?.*", Pattern.CASE_INSENSITIVE);

    /** What may stand in a {@code FROM} as it is. */
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,300}");

    private final String name;
    private final List<String> lines;
    private final UnifiedDiff diff;

    /** A {@code FROM}: its first line, and the number of lines up to its end, continued lines included; both counted from 0. */
    private record From(int line, int end) {}

    private DockerfilePatch(String name, String text) {
        this.name = name;
        this.diff = new UnifiedDiff(name, text);
        this.lines = diff.lines();
    }

    /**
     * The diff.
     *
     * @param name the file's name, for the diff's head
     * @param text its content
     * @param user whom the image runs as; empty: root. When the last stage does not say so itself, its base does
     * @return empty when there is nothing to change
     * @throws InputException when it has no {@code FROM}
     */
    public static String of(String name, String text, FixPlan plan, String user) throws InputException {
        DockerfilePatch patch = new DockerfilePatch(name, text);
        List<From> stages = patch.stages();
        for (Step step : plan.steps()) {
            switch (step.kind()) {
                case BASE -> patch.changeBase(stages, step.upgrades().getFirst().to());
                case DISTRIBUTION ->
                    patch.upgrade(stages.getLast(), step.commands().getFirst(), user);
                case LIBRARY -> {} // belongs to what is copied in
            }
        }
        return patch.diff.toString();
    }

    /** Puts another image in the place of the one that the last stage begins with, over stages that begin with other stages. */
    private void changeBase(List<From> stages, String image) {
        int stage = stages.size() - 1;
        Matcher from = FROM.matcher(lines.get(stages.get(stage).line()));
        while (from.matches()) {
            int earlier = named(stages.subList(0, stage), from.group(2));
            if (earlier < 0) {
                break;
            }
            stage = earlier;
            from = FROM.matcher(lines.get(stages.get(stage).line()));
        }
        if (from.matches() && IMAGE.matcher(image).matches() && from.group(2).indexOf('$') < 0) {
            String line = lines.get(stages.get(stage).line());
            diff.replace(
                    stages.get(stage).line(),
                    1,
                    List.of(line.substring(0, from.start(2))
                            + image
                            + line.substring(from.end(2)).stripTrailing()));
        }
    }

    /** The last stage of that name; -1 when none has it. */
    private int named(List<From> stages, String sought) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            Matcher from = FROM.matcher(lines.get(stages.get(i).line()));
            if (from.matches() && sought.equalsIgnoreCase(from.group(4))) {
                return i;
            }
        }
        return -1;
    }

    private void upgrade(From last, String command, String user) {
        if (command.startsWith("#")) {
            return;
        }
        List<String> added = new ArrayList<>();
        boolean needsRoot = !user.isEmpty() && !user.equals("root") && !user.equals("0") && !setsUser(last.end());
        if (needsRoot) {
            added.add("USER root");
        }
        added.add("RUN " + command + cleaning(command));
        if (needsRoot) {
            added.add("USER " + user);
        }
        diff.replace(last.end(), 0, added);
    }

    private static String cleaning(String command) {
        if (command.startsWith("apt-get")) {
            return " && rm -rf /var/lib/apt/lists/*";
        }
        boolean isYum = command.startsWith("dnf") || command.startsWith("yum") || command.startsWith("tdnf");
        return isYum ? " && " + command.substring(0, command.indexOf(' ')) + " clean all" : "";
    }

    private boolean setsUser(int from) {
        return lines.subList(from, lines.size()).stream()
                .anyMatch(line -> line.strip().toUpperCase(Locale.ROOT).startsWith("USER "));
    }

    private List<From> stages() throws InputException {
        char escape = escape();
        List<From> stages = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int first = i;
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            boolean isFrom = line.toUpperCase(Locale.ROOT).startsWith("FROM ");
            Matcher heredoc = HEREDOC.matcher(line);
            while (lines.get(i).stripTrailing().endsWith(String.valueOf(escape)) && i + 1 < lines.size()) {
                i++;
            }
            if (isFrom) {
                stages.add(new From(first, i + 1));
            } else if (heredoc.find()) {
                i = endOfHeredoc(i, heredoc.group(2));
            }
        }
        if (stages.isEmpty()) {
            throw new InputException(InputException.Code.MALFORMED, name + ": no Dockerfile: it has no FROM");
        }
        return stages;
    }

    private int endOfHeredoc(int from, String mark) {
        for (int i = from + 1; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(mark)) {
                return i;
            }
        }
        return from;
    }

    private char escape() {
        for (String line : lines) {
            Matcher directive = ESCAPE.matcher(line.strip());
            if (directive.matches()) {
                return directive.group(1).charAt(0);
            }
            if (!line.strip().startsWith("#")) {
                break; // directives stand before everything else
            }
        }
        return '\\';
    }
}
