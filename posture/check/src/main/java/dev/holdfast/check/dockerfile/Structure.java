package dev.holdfast.check.dockerfile;

import static dev.holdfast.manifest.InputKind.DOCKERFILE;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.dockerfile.Expanded;
import dev.holdfast.manifest.dockerfile.Flag;
import dev.holdfast.manifest.dockerfile.Foundation;
import dev.holdfast.manifest.dockerfile.Instruction;
import dev.holdfast.manifest.dockerfile.Keyword;
import dev.holdfast.manifest.dockerfile.Stage;
import dev.holdfast.manifest.dockerfile.Word;
import dev.holdfast.manifest.shell.ShellCommand;
import dev.holdfast.manifest.tree.Place;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How stages and instructions fit together. */
final class Structure implements Look {
    static final Rule WRONG_STAGE = Rule.of(
            "copy-from-wrong-stage",
            Severity.HIGH,
            "copies from a stage that is not there yet",
            "the name is then taken for an image of some registry, whoever owns it there",
            DOCKERFILE);

    static final Rule SAME_NAME = Rule.of(
            "duplicate-stage-name",
            Severity.MEDIUM,
            "two stages have the same name",
            "what is copied from the name comes from the later one, which may not be what was meant",
            DOCKERFILE);

    static final Rule REPEATED = Rule.of(
            "instruction-without-effect",
            Severity.LOW,
            "an instruction that a later one replaces",
            "only the last CMD, ENTRYPOINT and HEALTHCHECK of a stage counts",
            DOCKERFILE);

    static final Rule SHELL_FORM = ContainerRules.SHELL_FORM;

    static final Rule RELATIVE = Rule.of(
            "workdir-relative",
            Severity.LOW,
            "a relative folder, on top of one that the base decides",
            "the folder changes when the base does",
            DOCKERFILE);

    static final Rule SYSTEM_FOLDER = Rule.of(
            "workdir-system-folder",
            Severity.LOW,
            "works in a folder of the system",
            "files of the application lie among those that the system runs on",
            DOCKERFILE);

    static final Rule VOLUME = ContainerRules.VOLUME_ON_SYSTEM;

    static final Rule PORT = Rule.of(
            "expose-invalid-port",
            Severity.LOW,
            "exposes a port that does not exist",
            "the build fails, or the port is never published",
            DOCKERFILE);

    static final Rule LOW_PORT = ContainerRules.PRIVILEGED_PORT;

    static final Rule MAINTAINER = Rule.of(
                    "maintainer-deprecated",
                    Severity.NEGLIGIBLE,
                    "MAINTAINER is deprecated",
                    "tools look for the label org.opencontainers.image.authors",
                    DOCKERFILE)
            .strict();

    static final Rule PIPEFAIL = Rule.of(
                    "pipefail-missing",
                    Severity.LOW,
                    "a failure in a pipe goes unnoticed",
                    "only the last command of a pipe decides whether the step fails",
                    DOCKERFILE)
            .strict();

    static final Rule HEALTH = ContainerRules.NO_HEALTH_CHECK;

    private static final Pattern SYSTEM =
            Pattern.compile("/(proc|sys|dev|boot|etc|bin|sbin|lib|lib64|usr/bin|usr/sbin|usr/lib|var/run|run)(/.*)?");

    private static final Pattern SYSTEM_ITSELF =
            Pattern.compile("/?(|proc|sys|dev|boot|etc|bin|sbin|lib|lib64|usr|var|var/run|run)/?");

    /** Commands that cannot fail, or whose failure means nothing. */
    private static final Set<String> CANNOT_FAIL = Set.of("echo", "printf", "yes", "true", "");

    @Override
    public List<Rule> rules() {
        return List.of(
                WRONG_STAGE,
                SAME_NAME,
                REPEATED,
                SHELL_FORM,
                RELATIVE,
                SYSTEM_FOLDER,
                VOLUME,
                PORT,
                LOW_PORT,
                MAINTAINER,
                PIPEFAIL,
                HEALTH);
    }

    @Override
    public void at(Subject subject) {
        Map<String, Stage> names = new HashMap<>();
        for (Stage stage : subject.stages().all()) {
            stage.name().ifPresent(name -> sameName(names.put(name, stage), stage, subject));
            repeated(stage, subject);
            workdir(stage, subject);
            for (Instruction one : stage.instructions()) {
                one(stage, one, subject);
            }
        }
        subject.stages().last().ifPresent(stage -> health(stage, subject));
    }

    private static void one(Stage stage, Instruction one, Subject subject) {
        switch (one.keyword()) {
            case COPY -> one.flag("from").ifPresent(flag -> from(stage, flag, subject));
            case VOLUME -> one.words().forEach(word -> volume(stage, one, word, subject));
            case EXPOSE -> one.words().forEach(word -> port(stage, one, word, subject));
            case CMD, ENTRYPOINT -> shellForm(stage, one, subject);
            case RUN -> pipes(stage, one, subject);
            case MAINTAINER ->
                subject.findings()
                        .fail(MAINTAINER, Subject.name(stage), one.place())
                        .says("MAINTAINER is deprecated: " + MAINTAINER.why())
                        .fix("LABEL org.opencontainers.image.authors=\"…\"", asLabel(one))
                        .add();
            case ADD, ARG, ENV, FROM, HEALTHCHECK, LABEL, ONBUILD, SHELL, STOPSIGNAL, USER, WORKDIR -> {}
        }
    }

    private static Repair asLabel(Instruction maintainer) {
        String name = maintainer.arguments().toString().strip();
        boolean isQuoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
        boolean isOneLine = maintainer.place().line() == maintainer.place().endLine();
        boolean isPlain = isQuoted || name.chars().noneMatch(c -> c == '"' || c == '\\' || c == '$');
        return isOneLine && isPlain
                ? new Repair.Replace(
                        maintainer.place(),
                        "LABEL org.opencontainers.image.authors=" + (isQuoted ? name : "\"" + name + "\""))
                : new Repair.All(List.of());
    }

    private static void sameName(@Nullable Stage other, Stage stage, Subject subject) {
        if (other != null) {
            subject.findings()
                    .fail(
                            SAME_NAME,
                            Subject.name(stage),
                            stage.from().words().getLast().place())
                    .says("the name " + stage.name().orElse("") + " is taken by the stage in line "
                            + other.from().place().line() + ": " + SAME_NAME.why())
                    .fix("give each stage a name of its own")
                    .add();
        }
    }

    private static void from(Stage stage, Flag flag, Subject subject) {
        String name = flag.value();
        boolean isNumber = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
        if (subject.stages().named(name, stage.index()).isPresent() || name.indexOf('$') >= 0) {
            return;
        }
        Optional<Stage> later =
                subject.stages().named(name, subject.stages().all().size());
        if (later.isEmpty() && !isNumber) {
            return; // an image, or a context given to the build
        }
        String what = later.map(
                        found -> found.index() == stage.index() ? "the very stage it stands in" : "a later stage")
                .orElse("stage number " + name + ", which does not exist");
        subject.findings()
                .fail(WRONG_STAGE, Subject.name(stage), flag.place())
                .says("COPY --from=" + name + " names " + what + ": " + WRONG_STAGE.why())
                .fix("move that stage before this one, or correct the name")
                .add();
    }

    private static void repeated(Stage stage, Subject subject) {
        Map<Keyword, Instruction> seen = new EnumMap<>(Keyword.class);
        for (Instruction one : stage.instructions()) {
            boolean isSingle = one.keyword() == Keyword.CMD
                    || one.keyword() == Keyword.ENTRYPOINT
                    || one.keyword() == Keyword.HEALTHCHECK;
            Instruction before = isSingle ? seen.put(one.keyword(), one) : null;
            if (before != null) {
                subject.findings()
                        .fail(REPEATED, Subject.name(stage), before.place())
                        .says(one.keyword() + " stands again in line "
                                + one.place().line() + ": " + REPEATED.why())
                        .fix("remove this one", withoutLines(before))
                        .add();
            }
        }
    }

    private static Repair withoutLines(Instruction one) {
        return new Repair.Replace(new Place(one.place().line(), 1, one.place().endLine() + 1, 1), "");
    }

    private static void workdir(Stage stage, Subject subject) {
        boolean isAnchored = stage.base() instanceof Foundation.OfStage;
        for (Instruction one : stage.instructions()) {
            if (one.keyword() != Keyword.WORKDIR || one.words().isEmpty()) {
                continue;
            }
            Expanded expanded =
                    subject.build().expand(stage, one, one.words().getFirst().text());
            String path = expanded.text().strip();
            boolean isAbsolute =
                    path.startsWith("/") || path.startsWith("\\") || path.matches("[A-Za-z]:.*") || !expanded.isKnown();
            if (!isAbsolute && !isAnchored) {
                subject.findings()
                        .fail(RELATIVE, Subject.name(stage), one.place())
                        .says("WORKDIR " + path + " is relative: " + RELATIVE.why())
                        .fix("write the whole path, such as WORKDIR /" + path.replaceFirst("^\\./", ""))
                        .add();
            } else if (expanded.isKnown() && SYSTEM.matcher(path).matches() && path.length() < 10) {
                subject.findings()
                        .fail(SYSTEM_FOLDER, Subject.name(stage), one.place())
                        .says("WORKDIR " + path + ": " + SYSTEM_FOLDER.why())
                        .fix("use a folder of the application's own, such as /app")
                        .add();
            }
            isAnchored |= isAbsolute;
        }
    }

    private static void volume(Stage stage, Instruction one, Word word, Subject subject) {
        Expanded path = subject.build().expand(stage, one, word.text());
        if (path.isKnown() && SYSTEM_ITSELF.matcher(path.text()).matches()) {
            subject.findings()
                    .fail(VOLUME, Subject.name(stage), word.place())
                    .says("VOLUME " + path.text() + ": " + VOLUME.why())
                    .fix("name the folder that holds the application's data")
                    .add();
        }
    }

    private static void port(Stage stage, Instruction one, Word word, Subject subject) {
        Expanded expanded = subject.build().expand(stage, one, word.text());
        if (!expanded.isKnown()) {
            return;
        }
        String text = expanded.text().split("/", 2)[0];
        for (String end : text.split("-", -1)) {
            boolean isPort = end.matches("\\d{1,5}") && Integer.parseInt(end) <= 65_535 && Integer.parseInt(end) > 0;
            if (!isPort) {
                subject.findings()
                        .fail(PORT, Subject.name(stage), word.place())
                        .says("EXPOSE " + expanded.text() + " is no port: " + PORT.why())
                        .fix("a port is a number from 1 to 65535, with /tcp or /udp")
                        .add();
                return;
            }
            boolean isLow = Integer.parseInt(end) < 1_024;
            boolean isWindows = subject.build().isWindows(stage); // where low ports are like others
            if (isLow && !isWindows && subject.build().last(stage, Keyword.USER).isPresent()) {
                lowPort(stage, word, end, subject);
                return;
            }
        }
    }

    private static void lowPort(Stage stage, Word word, String port, Subject subject) {
        String user = subject.build()
                .last(stage, Keyword.USER)
                .filter(one -> !one.words().isEmpty())
                .map(one -> one.words().getFirst().text())
                .orElse("root");
        if (!user.matches("(root|0)(:.*)?")) {
            subject.findings()
                    .fail(LOW_PORT, Subject.name(stage), word.place())
                    .says("port " + port + " is below 1024, and the user is " + user + ": " + LOW_PORT.why())
                    .fix("listen on a port above 1023, such as 8080")
                    .add();
        }
    }

    private static void shellForm(Stage stage, Instruction one, Subject subject) {
        boolean isOwnShell = subject.build().last(stage, Keyword.SHELL).isPresent();
        if (one.isExec()
                || one.words().isEmpty()
                || isOwnShell
                || one.arguments().toString().startsWith("exec ")) {
            return;
        }
        subject.findings()
                .fail(SHELL_FORM, Subject.name(stage), one.place())
                .says(one.keyword() + " " + shown(one) + " is run by a shell: " + SHELL_FORM.why())
                .fix("write a JSON list: " + one.keyword() + " [\"program\", \"argument\"]", asList(one, subject))
                .add();
    }

    /** The same words without a shell, where the shell did nothing with them. */
    private static Repair asList(Instruction one, Subject subject) {
        List<ShellCommand> commands = subject.build().script(one).commands();
        boolean isPlain = commands.size() == 1
                && commands.getFirst().assignments().isEmpty()
                && commands.getFirst().redirects().isEmpty()
                && commands.getFirst().inner().isEmpty()
                && commands.getFirst().words().stream()
                        .allMatch(word -> word.isFixed() && word.text().matches("[A-Za-z0-9_./:=,@%+ -]+"))
                && one.arguments().toString().matches("[A-Za-z0-9_./:=,@%+ \"'-]+")
                && one.place().line() == one.place().endLine();
        if (!isPlain || one.words().isEmpty()) {
            return new Repair.All(List.of());
        }
        String list = commands.getFirst().words().stream()
                .map(word -> "\"" + word.text() + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
        return new Repair.Replace(one.words().getFirst().place(), list);
    }

    private static String shown(Instruction one) {
        String text = one.arguments().toString();
        return text.length() > 50 ? text.substring(0, 50) + "…" : text;
    }

    private static void pipes(Stage stage, Instruction one, Subject subject) {
        List<ShellCommand> commands = subject.build().script(one).commands();
        boolean isSet = commands.stream()
                        .anyMatch(command -> command.name().equals("set")
                                && command.arguments().contains("pipefail"))
                || subject.build()
                        .last(stage, Keyword.SHELL)
                        .filter(shell -> shell.words().stream()
                                .anyMatch(word -> word.text().contains("pipefail")))
                        .isPresent();
        if (isSet || subject.build().script(one).isJudged() && commands.isEmpty()) {
            return;
        }
        for (int i = 1; i < commands.size(); i++) {
            boolean isPipe = commands.get(i).joint() == ShellCommand.Joint.PIPE;
            if (isPipe && !CANNOT_FAIL.contains(commands.get(i - 1).name())) {
                subject.findings()
                        .fail(PIPEFAIL, Subject.name(stage), commands.get(i - 1).place())
                        .says(Steps.shown(commands.get(i - 1)) + " may fail, and the step goes on: " + PIPEFAIL.why())
                        .fix("SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"] before it")
                        .add();
                return;
            }
        }
    }

    private static void health(Stage stage, Subject subject) {
        if (subject.build().last(stage, Keyword.HEALTHCHECK).isPresent()) {
            subject.findings().pass(HEALTH, Subject.name(stage), stage.from().place());
            return;
        }
        subject.findings()
                .fail(HEALTH, Subject.name(stage), stage.from().place())
                .says(Subject.name(stage) + " has no HEALTHCHECK: " + HEALTH.why())
                .fix("HEALTHCHECK CMD [\"…\"]; Kubernetes does not use it, and asks for probes instead")
                .add();
    }
}
