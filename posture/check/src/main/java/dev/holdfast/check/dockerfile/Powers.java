package dev.holdfast.check.dockerfile;

import static dev.holdfast.manifest.InputKind.DOCKERFILE;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.ImageName;
import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.dockerfile.Flag;
import dev.holdfast.manifest.dockerfile.Foundation;
import dev.holdfast.manifest.dockerfile.Instruction;
import dev.holdfast.manifest.dockerfile.Keyword;
import dev.holdfast.manifest.dockerfile.Stage;
import dev.holdfast.manifest.dockerfile.Word;
import dev.holdfast.manifest.shell.ShellCommand;
import dev.holdfast.manifest.shell.ShellWord;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Steps that hand out more power than is needed, in the build or in the image. */
final class Powers implements Look {
    static final Rule SUDO = Rule.of(
            "sudo-in-build",
            Severity.MEDIUM,
            "uses sudo",
            "sudo stays in the image, where it is a way to root",
            DOCKERFILE);

    static final Rule PASSWORD = Rule.of(
            "password-set-in-build",
            Severity.HIGH,
            "sets a password",
            "it is the same in every container, and stands in the history of the image",
            DOCKERFILE);

    static final Rule SETUID = Rule.of(
            "setuid-bit-set",
            Severity.HIGH,
            "makes a program run as its owner",
            "a flaw in it turns any user of the container into root",
            DOCKERFILE);

    static final Rule WORLD_WRITABLE = ContainerRules.WORLD_WRITABLE;

    static final Rule FILE_CAPABILITY = Rule.of(
            "file-capability-set",
            Severity.MEDIUM,
            "gives a program a capability of its own",
            "whoever runs it has the capability, whatever user they are",
            DOCKERFILE);

    static final Rule INSECURE_RUN = ContainerRules.BUILD_UNCONFINED;

    static final Rule SSH = ContainerRules.SSH_SERVER;

    /** File capabilities that lead to root or to the host; binding a low port does not. */
    private static final Set<String> HARMLESS_CAPABILITIES =
            Set.of("cap_net_bind_service", "cap_net_raw", "cap_ipc_lock");

    @Override
    public List<Rule> rules() {
        return List.of(SUDO, PASSWORD, SETUID, WORLD_WRITABLE, FILE_CAPABILITY, INSECURE_RUN, SSH);
    }

    @Override
    public void at(Subject subject) {
        for (Steps steps : Steps.all(subject.build())) {
            for (ShellCommand command : steps.commands()) {
                password(command, steps.stage(), subject);
                mode(command, steps.stage(), subject);
                capability(command, steps.stage(), subject);
            }
            unconfined(steps, subject);
        }
        sudo(subject);
        ssh(subject);
    }

    private static void sudo(Subject subject) {
        int count = 0;
        List<Repair> removals = new ArrayList<>();
        boolean isPlain = true;
        ShellCommand first = null;
        Stage home = null;
        for (Stage stage : subject.stages().all()) {
            for (Instruction one : stage.instructions()) {
                if (one.keyword() != Keyword.RUN) {
                    continue;
                }
                for (ShellCommand command : subject.build().commands(one)) {
                    if (command.name().equals("sudo") && command.words().size() > 1) {
                        count++;
                        isPlain &= !command.words().get(1).text().startsWith("-") && isRoot(stage, subject);
                        Place sudo = command.words().getFirst().place();
                        Place next = command.words().get(1).place();
                        removals.add(new Repair.Replace(
                                new Place(sudo.line(), sudo.column(), next.line(), next.column()), ""));
                        first = first == null ? command : first;
                        home = home == null ? stage : home;
                    }
                }
            }
        }
        if (first != null && home != null) {
            String more =
                    count > 1 ? ", and " + (count - 1) + (count == 2 ? " more command does" : " more commands do") : "";
            subject.findings()
                    .fail(SUDO, Subject.name(home), first.place())
                    .says(Steps.shown(first) + " uses sudo" + more + "; " + SUDO.why())
                    .fix(
                            "run these steps before USER, as root, and leave sudo out of the image",
                            new Repair.All(isPlain ? removals : List.of()))
                    .add();
        }
    }

    /** Whether steps of a stage run as root: nobody is set, and the base is not known to set one. */
    private static boolean isRoot(Stage stage, Subject subject) {
        return subject.build().last(stage, Keyword.USER).isEmpty()
                && subject.build().foundation(stage) instanceof Foundation.Image(String reference)
                && ImageName.of(reference).isOfficial()
                && KnownBases.userOf(reference).isEmpty();
    }

    private static void password(ShellCommand command, Stage stage, Subject subject) {
        boolean isSet = switch (command.name()) {
            case "chpasswd", "newusers" -> true;
            case "passwd" ->
                Steps.has(command, "--stdin", "-d", "--delete")
                        || command.joint() == ShellCommand.Joint.PIPE && !Steps.has(command, "-l", "--lock");
            case "usermod", "useradd" -> hasPassword(command);
            default -> false;
        };
        if (isSet) {
            boolean isEmpty = Steps.has(command, "-d", "--delete");
            subject.findings()
                    .fail(PASSWORD, Subject.name(stage), command.place())
                    .says(command.name() + (isEmpty ? " empties a password" : " sets a password") + ": "
                            + PASSWORD.why())
                    .fix("leave accounts locked, and start the container as the user that it needs")
                    .add();
        }
    }

    private static boolean hasPassword(ShellCommand command) {
        List<String> words = command.arguments();
        for (int i = 0; i < words.size(); i++) {
            boolean isOption = words.get(i).equals("-p") || words.get(i).equals("--password");
            String value = isOption && i + 1 < words.size()
                    ? words.get(i + 1)
                    : words.get(i).startsWith("--password=") ? words.get(i).substring(11) : "";
            if (!value.isEmpty() && !value.equals("*") && !value.startsWith("!")) {
                return true;
            }
        }
        return false;
    }

    private static void mode(ShellCommand command, Stage stage, Subject subject) {
        if (!command.name().equals("chmod")
                && !command.name().equals("install")
                && !command.name().equals("mkdir")) {
            return;
        }
        Optional<ShellWord> mode = modeOf(command);
        if (mode.isEmpty()) {
            return;
        }
        String text = mode.get().text();
        String target = Steps.plain(command).getLast();
        if (isSetuid(text)) {
            subject.findings()
                    .fail(SETUID, Subject.name(stage), mode.get().place())
                    .says(command.name() + " " + text + " makes " + target + " run as its owner: " + SETUID.why())
                    .fix("leave the bit off; give the process the one capability that it needs instead")
                    .add();
        } else if (isWorldWritable(text)) {
            String less = withoutWorld(text);
            subject.findings()
                    .fail(WORLD_WRITABLE, Subject.name(stage), mode.get().place())
                    .says(command.name() + " " + text + " lets every user of the container change " + target + "; "
                            + WORLD_WRITABLE.why())
                    .fix(
                            "give it to the user that needs it: chown, and " + command.name() + " " + less,
                            new Repair.Replace(mode.get().place(), less))
                    .add();
        }
    }

    private static Optional<ShellWord> modeOf(ShellCommand command) {
        List<ShellWord> words = command.words();
        for (int i = 1; i < words.size(); i++) {
            String text = words.get(i).text();
            if (command.name().equals("chmod")) {
                if (!text.startsWith("-") || text.matches("-[rwxst]+")) {
                    return Optional.of(words.get(i));
                }
            } else if (text.equals("-m") && i + 1 < words.size()) {
                return Optional.of(words.get(i + 1));
            } else if (text.matches("-m[0-7]{3,4}")) {
                return Optional.of(words.get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean isSetuid(String mode) {
        return mode.matches("0?[4-7][0-7]{3}") && (Character.digit(mode.charAt(mode.length() - 4), 8) & 4) != 0
                || mode.matches("(.*,)?[ua]*\\+[rwxX]*s.*");
    }

    /** Whether a mode lets others write, without the bit that keeps them from each other's files. */
    static boolean isWorldWritable(String mode) {
        if (mode.matches("(-m)?0?[0-7]{3,4}")) {
            String digits = mode.replaceFirst("^-m", "");
            boolean isSticky =
                    digits.length() >= 4 && (Character.digit(digits.charAt(digits.length() - 4), 8) & 1) != 0;
            return !isSticky && (Character.digit(digits.charAt(digits.length() - 1), 8) & 2) != 0;
        }
        return mode.matches("(.*,)?[ug]*[oa][ugoa]*[+=][rxX]*w[rwxXt]*(,.*)?") && mode.indexOf('t') < 0;
    }

    /** The same mode without the right of others to write. */
    static String withoutWorld(String mode) {
        if (mode.matches("(-m)?0?[0-7]{3,4}")) {
            int last = Character.digit(mode.charAt(mode.length() - 1), 8) & ~2;
            int group = Character.digit(mode.charAt(mode.length() - 2), 8) & ~2;
            return mode.substring(0, mode.length() - 2) + group + last;
        }
        return mode.startsWith("o")
                ? mode.replace("w", "")
                : mode.replace("a", "u").replace("o", "");
    }

    private static void capability(ShellCommand command, Stage stage, Subject subject) {
        if (!command.name().equals("setcap") || Steps.has(command, "-v", "-r")) {
            return;
        }
        for (ShellWord word : command.words()) {
            int sign = indexOfSign(word.text());
            boolean isDangerous = sign > 0
                    && word.text().startsWith("cap_")
                    && !HARMLESS_CAPABILITIES.containsAll(
                            List.of(word.text().substring(0, sign).split(",")));
            if (isDangerous || word.text().startsWith("all")) {
                subject.findings()
                        .fail(FILE_CAPABILITY, Subject.name(stage), word.place())
                        .says("setcap gives " + Steps.plain(command).getLast() + " " + word.text() + ": "
                                + FILE_CAPABILITY.why())
                        .fix("give the capability to the container that needs it, not to the file")
                        .add();
            }
        }
    }

    private static int indexOfSign(String text) {
        int plus = text.indexOf('+');
        int equals = text.indexOf('=');
        return plus < 0 ? equals : equals < 0 ? plus : Math.min(plus, equals);
    }

    private static void unconfined(Steps steps, Subject subject) {
        Optional<Flag> security =
                steps.run().flag("security").filter(flag -> flag.value().equals("insecure"));
        Optional<Flag> network =
                steps.run().flag("network").filter(flag -> flag.value().equals("host"));
        security.ifPresent(flag -> subject.findings()
                .fail(INSECURE_RUN, Subject.name(steps.stage()), flag.place())
                .says("RUN --security=insecure runs with every capability: " + INSECURE_RUN.why())
                .fix("leave it out")
                .add());
        network.ifPresent(flag -> subject.findings()
                .fail(INSECURE_RUN, Subject.name(steps.stage()), flag.place())
                .as(Severity.MEDIUM, "it reaches what listens on the builder's host only")
                .says(
                        "RUN --network=host shares the network of the machine that builds: it reaches what listens there only")
                .fix("leave it out")
                .add());
    }

    private static void ssh(Subject subject) {
        for (Stage stage : subject.stages().all()) {
            for (Instruction one : stage.instructions()) {
                Optional<Place> place = switch (one.keyword()) {
                    case EXPOSE -> port22(one);
                    case RUN, CMD, ENTRYPOINT ->
                        subject.build().commands(one).stream()
                                .map(Steps::bare)
                                .filter(Powers::isSshServer)
                                .map(ShellCommand::place)
                                .findFirst();
                    case ADD,
                            ARG,
                            COPY,
                            ENV,
                            FROM,
                            HEALTHCHECK,
                            LABEL,
                            MAINTAINER,
                            ONBUILD,
                            SHELL,
                            STOPSIGNAL,
                            USER,
                            VOLUME,
                            WORKDIR -> Optional.empty();
                };
                if (place.isPresent()) {
                    subject.findings()
                            .fail(SSH, Subject.name(stage), place.get())
                            .says(Subject.name(stage) + " offers logins by SSH: " + SSH.why())
                            .fix("leave it out; docker exec and kubectl exec open a shell without it")
                            .add();
                    return;
                }
            }
        }
    }

    private static Optional<Place> port22(Instruction expose) {
        return expose.words().stream()
                .filter(word -> word.text().equals("22") || word.text().equals("22/tcp"))
                .map(Word::place)
                .findFirst();
    }

    private static boolean isSshServer(ShellCommand command) {
        boolean isInstall =
                Steps.plain(command).contains("install") || Steps.plain(command).contains("add");
        boolean isStart = command.name().equals("sshd")
                || command.name().equals("service") && Steps.plain(command).equals(List.of("ssh", "start"));
        return isStart
                || isInstall
                        && command.arguments().stream()
                                .anyMatch(word -> word.equals("openssh-server")
                                        || word.equals("dropbear")
                                        || word.startsWith("openssh-server="));
    }
}
