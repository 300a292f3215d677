package dev.holdfast.check.dockerfile;

import static dev.holdfast.manifest.InputKind.DOCKERFILE;

import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.dockerfile.Flag;
import dev.holdfast.manifest.dockerfile.Instruction;
import dev.holdfast.manifest.dockerfile.Keyword;
import dev.holdfast.manifest.dockerfile.Word;
import dev.holdfast.manifest.shell.ShellCommand;
import dev.holdfast.manifest.shell.ShellCommand.Joint;
import dev.holdfast.manifest.shell.ShellWord;
import dev.holdfast.manifest.tree.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Mistakes in the shell text of steps, and in what is mounted for them. */
final class Scripts implements Look {
    static final Rule CD = Rule.of(
                    "cd-in-build",
                    Severity.NEGLIGIBLE,
                    "changes the folder where WORKDIR is meant",
                    "the folder holds for this one step only, and the next begins where the last WORKDIR says",
                    DOCKERFILE)
            .strict();

    static final Rule MISTAKE = Rule.of(
                    "shell-mistake",
                    Severity.LOW,
                    "a shell text does something else than it seems to",
                    "the build succeeds, and the image is not what was meant",
                    DOCKERFILE)
            .strict();

    static final Rule SECRET_MOUNT = Rule.of(
                    "secret-mount-not-required",
                    Severity.LOW,
                    "a step runs on without its secret",
                    "a build that is not given the secret does not stop, and makes an image of what it could get without",
                    DOCKERFILE)
            .strict();

    /** Words of a script with branches, groups or jobs: which command decides there is not told by the order of commands alone. */
    private static final Pattern BRANCHES = Pattern.compile(
            "(?s).*(^|[\\s;&|(])(if|then|while|until|for|case|\\{|trap)\\s.*|.*\\(.*|.*[^&>|]&\\s*([^&>]|$).*");

    /** Commands whose failure matters to what comes after. */
    private static final Set<String> IMPORTANT = Set.of(
            "apt-get", "apt", "apk", "yum", "dnf", "zypper", "pip", "pip3", "npm", "yarn", "gem", "go", "cargo", "mvn",
            "curl", "wget", "git", "make", "cmake", "tar", "unzip", "cd", "cp", "mv", "dpkg", "rpm");

    /** {@code $X/}, {@code ${X}/*}: what is left of it when the variable is empty is the root. */
    private static final Pattern BELOW_VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)\\}?/\\*?");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?[A-Za-z_][A-Za-z0-9_]*\\}?");

    @Override
    public List<Rule> rules() {
        return List.of(CD, MISTAKE, SECRET_MOUNT);
    }

    @Override
    public void at(Subject subject) {
        for (Steps steps : Steps.all(subject.build())) {
            mounts(steps, subject);
            List<ShellCommand> outer = subject.build().script(steps.run()).commands();
            folder(outer, steps, subject);
            ignored(outer, steps, subject);
            for (ShellCommand command : steps.commands()) {
                removal(command, steps, subject);
            }
            tests(steps, subject);
            uselessCat(outer, steps, subject);
        }
    }

    private static void mounts(Steps steps, Subject subject) {
        for (Flag flag : steps.run().flags("mount")) {
            Map<String, String> fields = flag.fields();
            String required = fields.getOrDefault("required", fields.containsKey("required") ? "true" : "false");
            boolean isRequired = required.isEmpty() || required.equals("true") || required.equals("1");
            if (!"secret".equals(fields.get("type")) || isRequired) {
                continue;
            }
            Place end = new Place(
                    flag.place().endLine(),
                    flag.place().endColumn(),
                    flag.place().endLine(),
                    flag.place().endColumn());
            String id = fields.getOrDefault("id", fields.getOrDefault("target", "secret"));
            boolean isPlain = !fields.containsKey("required") && !flag.value().endsWith("\"");
            String advice = "add required=true to the mount";
            var failure = subject.findings()
                    .fail(SECRET_MOUNT, Subject.name(steps.stage()), flag.place())
                    .says("the secret " + id + " is mounted without required=true: " + SECRET_MOUNT.why());
            (isPlain ? failure.fix(advice, new Repair.Replace(end, ",required=true")) : failure.fix(advice)).add();
        }
    }

    private static void folder(List<ShellCommand> outer, Steps steps, Subject subject) {
        if (outer.isEmpty() || !outer.getFirst().name().equals("cd")) {
            return;
        }
        ShellCommand cd = outer.getFirst();
        boolean isAlone = outer.size() == 1;
        boolean isAbsolute = cd.words().size() == 2 && cd.words().get(1).text().startsWith("/");
        if (isAlone || isAbsolute) {
            subject.findings()
                    .fail(CD, Subject.name(steps.stage()), cd.place())
                    .as(
                            isAlone ? Severity.LOW : Severity.NEGLIGIBLE,
                            isAlone ? "the step does nothing, and the ones after it run elsewhere" : CD.why())
                    .says(Steps.shown(cd)
                            + (isAlone ? " is all that the step does: " : " begins the step: ")
                            + CD.why())
                    .fix("write WORKDIR "
                            + (cd.words().size() == 2 ? cd.words().get(1).text() : "<folder>") + " before it")
                    .add();
        }
    }

    /** A failure in the middle of a step that the shell goes on after. */
    private static void ignored(List<ShellCommand> outer, Steps steps, Subject subject) {
        if (BRANCHES.matcher(text(steps.run())).matches() || stopsAtFailure(steps, subject)) {
            return;
        }
        for (int i = 0; i + 1 < outer.size(); i++) {
            ShellCommand command = outer.get(i);
            if (command.name().equals("set") && command.arguments().stream().anyMatch(Scripts::stops)) {
                return;
            }
            boolean goesOn = outer.get(i + 1).joint() == Joint.SEQUENCE && command.joint() != Joint.OR;
            ShellCommand bare = Steps.bare(command);
            if (goesOn && IMPORTANT.contains(bare.name())) {
                subject.findings()
                        .fail(MISTAKE, Subject.name(steps.stage()), command.place())
                        .says("the step goes on when " + Steps.shown(command) + " fails: " + MISTAKE.why())
                        .fix(
                                steps.run().heredocs().isEmpty()
                                        ? "join the commands by &&"
                                        : "begin the text with set -e")
                        .add();
                return;
            }
        }
    }

    private static String text(Instruction run) {
        StringBuilder all = new StringBuilder(run.arguments().toString());
        run.heredocs().forEach(document -> all.append('\n').append(document.content()));
        return all.toString();
    }

    private static boolean stops(String word) {
        return word.matches("-[a-zA-Z]*e[a-zA-Z]*") || word.equals("errexit");
    }

    private static boolean stopsAtFailure(Steps steps, Subject subject) {
        return subject.build()
                .last(steps.stage(), Keyword.SHELL)
                .filter(shell -> shell.words().stream().map(Word::text).anyMatch(Scripts::stops))
                .isPresent();
    }

    /** {@code rm -rf $X/}: of the root, when the variable is empty. */
    private static void removal(ShellCommand command, Steps steps, Subject subject) {
        boolean isRecursive = command.name().equals("rm")
                && command.arguments().stream().anyMatch(word -> word.matches("-[a-zA-Z]*[rR][a-zA-Z]*|--recursive"));
        if (!isRecursive) {
            return;
        }
        for (ShellWord word : command.words()) {
            Matcher matcher = BELOW_VARIABLE.matcher(word.text());
            if (!word.isFixed() && matcher.matches() && !isGiven(matcher.group(1), steps, subject)) {
                subject.findings()
                        .fail(MISTAKE, Subject.name(steps.stage()), word.place())
                        .as(Severity.MEDIUM, "an empty variable makes it delete the system of the image")
                        .says("when " + matcher.group(1) + " is empty, this deletes /; nothing in the file sets it")
                        .fix("write ${" + matcher.group(1) + ":?}, which stops the step when it is empty")
                        .add();
            }
        }
    }

    private static boolean isGiven(String name, Steps steps, Subject subject) {
        Set<String> set = new HashSet<>();
        steps.commands().forEach(command -> {
            command.assignments().forEach(word -> set.add(word.text().split("=", 2)[0]));
            if (command.name().equals("export")
                    || command.name().equals("read")
                    || command.name().equals("local")) {
                command.arguments().forEach(word -> set.add(word.split("=", 2)[0]));
            }
        });
        boolean isLooped = text(steps.run()).matches("(?s).*\\bfor\\s+" + name + "\\b.*");
        return set.contains(name)
                || isLooped
                || name.equals("HOME")
                || name.equals("PWD")
                || subject.build()
                        .expand(steps.stage(), steps.run(), "$" + name)
                        .isKnown();
    }

    /**
     * {@code [ -n $X ]}: without quotes an empty variable is no word at all. A variable that the file sets to something is not empty; of one that may hold
     * anything, {@code -n} and {@code -z} are asked just because it may be.
     */
    private static void tests(Steps steps, Subject subject) {
        for (ShellCommand command : steps.commands()) {
            if (!command.name().equals("[") && !command.name().equals("test")) {
                continue;
            }
            boolean asksForEmpty = command.words().stream()
                    .anyMatch(word -> word.text().equals("-n") || word.text().equals("-z"));
            Optional<ShellWord> bare = command.words().stream()
                    .filter(word ->
                            !word.isQuoted() && VARIABLE.matcher(word.text()).matches())
                    .filter(word -> asksForEmpty || !isGiven(word.text().replaceAll("[${}]", ""), steps, subject))
                    .findFirst();
            if (bare.isPresent()) {
                String text = bare.get().text();
                subject.findings()
                        .fail(MISTAKE, Subject.name(steps.stage()), bare.get().place())
                        .says(text
                                + " stands in a test without quotes: when it is empty, the test fails or asks something else; "
                                + MISTAKE.why())
                        .fix("write \"" + text + "\"")
                        .add();
                return;
            }
        }
    }

    private static void uselessCat(List<ShellCommand> outer, Steps steps, Subject subject) {
        for (int i = 0; i + 1 < outer.size(); i++) {
            ShellCommand cat = outer.get(i);
            boolean isOfOneFile = cat.name().equals("cat")
                    && cat.words().size() == 2
                    && cat.redirects().isEmpty()
                    && !cat.words().get(1).text().startsWith("-")
                    && cat.words().get(1).text().chars().noneMatch(one -> one == '*' || one == '?' || one == '[');
            if (isOfOneFile && outer.get(i + 1).joint() == Joint.PIPE && cat.joint() != Joint.PIPE) {
                String file = cat.words().get(1).text();
                subject.findings()
                        .fail(MISTAKE, Subject.name(steps.stage()), cat.place())
                        .as(Severity.NEGLIGIBLE, "a failure to read the file goes unnoticed")
                        .says(Steps.shown(cat) + " feeds a pipe, and when it fails the step goes on")
                        .fix("let the command read the file itself: < " + file)
                        .add();
                return;
            }
        }
    }
}
