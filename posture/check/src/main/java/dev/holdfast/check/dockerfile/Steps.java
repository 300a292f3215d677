package dev.holdfast.check.dockerfile;

import dev.holdfast.check.Repair;
import dev.holdfast.manifest.dockerfile.Instruction;
import dev.holdfast.manifest.dockerfile.Keyword;
import dev.holdfast.manifest.dockerfile.Stage;
import dev.holdfast.manifest.shell.ShellCommand;
import dev.holdfast.manifest.shell.ShellWord;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One {@code RUN} and what it runs.
 *
 * @param run the instruction, also one that {@code ONBUILD} holds back
 * @param commands every command in it, those inside of others included, without what only runs them: {@code sudo}, {@code env}, …
 * @param outer the commands that stand in it themselves, as written
 */
record Steps(Stage stage, Instruction run, List<ShellCommand> commands, List<ShellCommand> outer) {
    /** Commands that run the command in their arguments. */
    private static final Set<String> RUNNERS = Set.of(
            "sudo", "env", "exec", "command", "nice", "nohup", "time", "eatmydata", "doas", "chronic", "builtin");

    /** Options of those that take a word of their own. */
    private static final Set<String> WITH_WORD = Set.of("-u", "-g", "-n", "-C", "-S", "--user", "--group");

    Steps {
        commands = List.copyOf(commands);
        outer = List.copyOf(outer);
    }

    /** All of a file. */
    static List<Steps> all(Build build) {
        List<Steps> all = new ArrayList<>();
        for (Stage stage : build.stages().all()) {
            for (Instruction written : stage.instructions()) {
                Instruction one = Build.acting(written);
                if (one.keyword() == Keyword.RUN) {
                    List<ShellCommand> commands =
                            build.commands(one).stream().map(Steps::bare).toList();
                    all.add(new Steps(stage, one, commands, build.script(one).commands()));
                }
            }
        }
        return all;
    }

    /** The command that really runs. */
    static ShellCommand bare(ShellCommand command) {
        ShellCommand now = command;
        while (RUNNERS.contains(now.name())) {
            int at = 1;
            while (at < now.words().size()) {
                String word = now.words().get(at).text();
                boolean isAssignment = word.matches("[A-Za-z_][A-Za-z0-9_]*=.*");
                if (!word.startsWith("-") && !isAssignment) {
                    break;
                }
                at += WITH_WORD.contains(word) ? 2 : 1;
            }
            if (at >= now.words().size()) {
                return now;
            }
            now = now.from(at);
        }
        return now;
    }

    /** Whether a cache of this folder is mounted, or of one above or below. */
    boolean hasCache(String folder) {
        return run.flags("mount").stream()
                .map(flag -> flag.fields())
                .filter(fields -> "cache".equals(fields.get("type")))
                .map(fields -> fields.getOrDefault(
                        "target", fields.getOrDefault("dst", fields.getOrDefault("destination", ""))))
                .anyMatch(target -> !target.isEmpty() && (folder.startsWith(target) || target.startsWith(folder)));
    }

    /** The words of a command behind its options: of {@code apt-get -y install a} these are {@code install} and {@code a}. */
    static List<String> plain(ShellCommand command) {
        return command.arguments().stream()
                .filter(word -> !word.startsWith("-"))
                .toList();
    }

    static boolean has(ShellCommand command, String... options) {
        List<String> arguments = command.arguments();
        for (String option : options) {
            if (arguments.contains(option)) {
                return true;
            }
        }
        return false;
    }

    /** Takes a word out of a command, with the blanks before it. */
    static Repair without(ShellCommand command, ShellWord word) {
        int at = command.words().indexOf(word);
        Place place = word.place();
        Place before = at > 0 ? command.words().get(at - 1).place() : place;
        boolean isOnLine = at > 0 && before.endLine() == place.line() && before.endColumn() < place.column();
        return new Repair.Replace(
                isOnLine ? new Place(before.endLine(), before.endColumn(), place.endLine(), place.endColumn()) : place,
                "");
    }

    /** The empty place behind another. */
    static Place behind(Place place) {
        return new Place(place.endLine(), place.endColumn(), place.endLine(), place.endColumn());
    }

    /** The first words of a command, to show. */
    static String shown(ShellCommand command) {
        String text = String.join(
                " ", command.words().stream().map(word -> word.text()).toList());
        String line = text.replaceAll("\\s+", " ").replaceAll("://[^/@ ]*@", "://");
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
