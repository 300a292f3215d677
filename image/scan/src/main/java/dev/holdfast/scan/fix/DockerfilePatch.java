package dev.holdfast.scan.fix;

import dev.holdfast.core.InputException;
import dev.holdfast.scan.fix.Step.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the step for the distribution's packages into a Dockerfile, as a unified diff for {@code patch -p0} or {@code git apply -p0}: one
 * {@code RUN} after the {@code FROM} of the last stage, so that what the stage installs later starts from fixed packages.
 */
public final class DockerfilePatch {
    /** Lines of the file around a change, as diff writes them. */
    private static final int CONTEXT = 3;

    private static final Pattern HEREDOC = Pattern.compile("<<-?([\"']?)([A-Za-z_][A-Za-z0-9_]*)\\1");
    private static final Pattern ESCAPE = Pattern.compile("#\\s*escape\\s*=\\s*(\\S)\\s*", Pattern.CASE_INSENSITIVE);

    private final String name;
    private final List<String> lines;

    private DockerfilePatch(String name, String text) {
        this.name = name;
        this.lines = List.of(text.split("\n", -1)); // a carriage return stays with its line
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
        for (Step step : plan.steps()) {
            if (step.kind() == Kind.DISTRIBUTION && !step.commands().getFirst().startsWith("#")) {
                return new DockerfilePatch(name, text).diff(step.commands().getFirst(), user);
            }
        }
        return "";
    }

    private String diff(String command, String user) throws InputException {
        int after = endOfLastFrom();
        List<String> added = new ArrayList<>();
        boolean needsRoot = !user.isEmpty() && !user.equals("root") && !user.equals("0") && !setsUser(after);
        if (needsRoot) {
            added.add("USER root");
        }
        added.add("RUN " + command + cleaning(command));
        if (needsRoot) {
            added.add("USER " + user);
        }
        return unified(after, added);
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

    /** The number of lines up to the end of the last {@code FROM}, continued lines included. */
    private int endOfLastFrom() throws InputException {
        char escape = escape();
        int end = -1;
        for (int i = 0; i < lines.size(); i++) {
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
                end = i + 1;
            } else if (heredoc.find()) {
                i = endOfHeredoc(i, heredoc.group(2));
            }
        }
        if (end < 0) {
            throw new InputException(InputException.Code.MALFORMED, name + ": no Dockerfile: it has no FROM");
        }
        return end;
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

    private String unified(int after, List<String> added) {
        boolean endsWithLineFeed = lines.getLast().isEmpty();
        int total = endsWithLineFeed ? lines.size() - 1 : lines.size();
        int from = Math.max(0, after - CONTEXT);
        int to = Math.min(total, after + CONTEXT);
        String lineEnd = lines.getFirst().endsWith("\r") ? "\r\n" : "\n";
        StringBuilder diff = new StringBuilder("--- " + name + "\n+++ " + name + "\n");
        diff.append(String.format(
                Locale.ROOT, "@@ -%d,%d +%d,%d @@\n", from + 1, to - from, from + 1, to - from + added.size()));
        for (int i = from; i < after; i++) {
            boolean isUnended = i == total - 1 && !endsWithLineFeed;
            diff.append(isUnended ? '-' : ' ').append(lines.get(i)).append('\n');
            if (isUnended) { // what follows needs a line feed before it
                diff.append("\\ No newline at end of file\n+")
                        .append(lines.get(i))
                        .append(lineEnd);
            }
        }
        added.forEach(line -> diff.append('+').append(line).append(lineEnd));
        for (int i = after; i < to; i++) {
            diff.append(' ').append(lines.get(i)).append('\n');
            if (i == total - 1 && !endsWithLineFeed) {
                diff.append("\\ No newline at end of file\n");
            }
        }
        return diff.toString();
    }
}
