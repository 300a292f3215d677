package dev.holdfast.check.dockerfile;

import static dev.holdfast.manifest.InputKind.DOCKERFILE;

import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.shell.ShellCommand;
import dev.holdfast.manifest.shell.ShellWord;
import dev.holdfast.manifest.tree.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How packages are installed: without a question, without more than is needed, without what is left behind, in a version that stays. */
final class Installs implements Look {
    static final Rule NO_YES = Rule.of(
            "install-asks-back",
            Severity.LOW,
            "installs without answering the question that follows",
            "the build stops at the question, which nobody sees",
            DOCKERFILE);

    static final Rule RECOMMENDS = Rule.of(
                    "install-recommends",
                    Severity.LOW,
                    "installs recommended packages too",
                    "each program more is one more to keep free of flaws",
                    DOCKERFILE)
            .strict();

    static final Rule CACHE = Rule.of(
                    "package-cache-left",
                    Severity.LOW,
                    "leaves the package cache in the image",
                    "it makes the image larger and is never used",
                    DOCKERFILE)
            .strict();

    static final Rule NO_VERSION = Rule.of(
                    "package-version-not-pinned",
                    Severity.LOW,
                    "installs whatever version is current",
                    "the same file builds another image tomorrow, and nobody decided so",
                    DOCKERFILE)
            .strict();

    private static final Set<String> APT = Set.of("apt-get", "apt", "aptitude");

    private static final Set<String> DNF = Set.of("yum", "dnf", "dnf5");

    @Override
    public List<Rule> rules() {
        return List.of(NO_YES, RECOMMENDS, CACHE, NO_VERSION);
    }

    @Override
    public void at(Subject subject) {
        List<Steps> all = Steps.all(subject.build());
        boolean answersAlways = all.stream()
                .flatMap(steps -> steps.commands().stream())
                .anyMatch(command -> command.words().stream()
                        .anyMatch(word -> word.text().contains("Assume-Yes")
                                || word.text().contains("assumeyes")));
        for (Steps steps : all) {
            cache(steps, subject);
            for (ShellCommand command : steps.commands()) {
                versions(command, steps, subject);
                if (!answersAlways && command.joint() != ShellCommand.Joint.PIPE) {
                    question(command, steps, subject);
                }
                recommends(command, steps, subject);
            }
        }
    }

    private static void question(ShellCommand command, Steps steps, Subject subject) {
        List<String> words = Steps.plain(command);
        boolean isApt = APT.contains(command.name())
                        && words.size() > 1
                        && Set.of(
                                        "install",
                                        "remove",
                                        "purge",
                                        "autoremove",
                                        "build-dep",
                                        "dist-upgrade",
                                        "full-upgrade",
                                        "upgrade")
                                .contains(words.getFirst())
                || APT.contains(command.name())
                        && Set.of(List.of("upgrade"), List.of("dist-upgrade"), List.of("full-upgrade"))
                                .contains(words);
        boolean isDnf = (DNF.contains(command.name()) || command.name().equals("zypper"))
                && !words.isEmpty()
                && Set.of("install", "remove", "erase", "groupinstall", "localinstall", "update", "upgrade", "in")
                        .contains(words.getFirst());
        if (!isApt && !isDnf || command.arguments().stream().anyMatch(Installs::answers)) {
            return;
        }
        if (command.words().stream()
                .anyMatch(word -> !word.isFixed()
                        && word.text().startsWith("$")
                        && !word.isQuoted()
                        && command.words().indexOf(word) < 3)) {
            return; // the options may stand in a variable
        }
        Place first = command.words().getFirst().place();
        Place behind = new Place(first.endLine(), first.endColumn(), first.endLine(), first.endColumn());
        subject.findings()
                .fail(NO_YES, Subject.name(steps.stage()), command.place())
                .says(Steps.shown(command) + " asks before it goes on: " + NO_YES.why())
                .fix("add -y", new Repair.Replace(behind, " -y"))
                .add();
    }

    private static boolean answers(String word) {
        return word.equals("--yes")
                || word.equals("--assumeyes")
                || word.equals("--assume-yes")
                || word.equals("--force-yes")
                || word.equals("--non-interactive")
                || word.equals("-n")
                || word.equals("--simulate")
                || word.equals("--dry-run")
                || word.equals("--download-only")
                || word.equals("--print-uris")
                || word.equals("--quiet=2")
                || word.equals("--trivial-only")
                || word.matches("-[a-zA-Z]*[ysd][a-zA-Z]*")
                || word.matches("-q*q(=2)?") && (word.contains("qq") || word.contains("=2"))
                || word.equals("--downloadonly")
                || word.equals("--assumeno");
    }

    private static void recommends(ShellCommand command, Steps steps, Subject subject) {
        boolean isInstall = APT.contains(command.name()) && Steps.plain(command).contains("install");
        boolean isWithout = command.arguments().stream()
                .anyMatch(word -> word.equals("--no-install-recommends")
                        || word.toLowerCase(Locale.ROOT).contains("install-recommends"));
        if (!isInstall || isWithout) {
            return;
        }
        command.words().stream()
                .filter(word -> word.text().equals("install"))
                .findFirst()
                .ifPresent(word -> {
                    Place place = word.place();
                    subject.findings()
                            .fail(RECOMMENDS, Subject.name(steps.stage()), command.place())
                            .says(Steps.shown(command) + ": " + RECOMMENDS.why())
                            .fix(
                                    "add --no-install-recommends",
                                    new Repair.Replace(
                                            new Place(
                                                    place.endLine(),
                                                    place.endColumn(),
                                                    place.endLine(),
                                                    place.endColumn()),
                                            " --no-install-recommends"))
                            .add();
                });
    }

    private static void cache(Steps steps, Subject subject) {
        Set<String> told = new HashSet<>();
        for (ShellCommand command : steps.commands()) {
            Optional<String> left = leftBy(command, steps);
            if (left.isPresent() && told.add(command.name())) {
                subject.findings()
                        .fail(CACHE, Subject.name(steps.stage()), command.place())
                        .says(Steps.shown(command) + " leaves its cache behind: " + CACHE.why())
                        .fix(left.get(), cleaning(command, steps, left.get()))
                        .add();
            }
        }
    }

    /** The option that is missing, behind the word that installs; or the command that is, behind the last one of a chain. */
    private static Repair cleaning(ShellCommand command, Steps steps, String advice) {
        if (advice.startsWith("add ")) {
            ShellWord verb = command.words().stream()
                    .filter(word -> word.text().equals("add") || word.text().equals("install"))
                    .findFirst()
                    .orElse(command.words().getLast());
            return new Repair.Replace(Steps.behind(verb.place()), advice.substring(3));
        }
        List<ShellCommand> outer = steps.outer();
        boolean isChain = outer.stream()
                .allMatch(one -> one.joint() == ShellCommand.Joint.AND || one.joint() == ShellCommand.Joint.START);
        boolean isOuter = outer.stream().anyMatch(one -> one.place().equals(command.place()));
        return isChain
                        && isOuter
                        && steps.run().heredocs().isEmpty()
                        && !steps.run().isExec()
                ? new Repair.Replace(
                        Steps.behind(outer.getLast().place()), " " + advice.substring("end the step with: ".length()))
                : new Repair.All(List.of());
    }

    private static Optional<String> leftBy(ShellCommand command, Steps steps) {
        List<String> words = Steps.plain(command);
        boolean installs = words.contains("install") || words.contains("add");
        if (APT.contains(command.name())
                && installs
                && !steps.hasCache("/var/lib/apt")
                && !removes(steps, "/var/lib/apt")) {
            return Optional.of("end the step with: && rm -rf /var/lib/apt/lists/*");
        }
        if (command.name().equals("apk")
                && words.contains("add")
                && !Steps.has(command, "--no-cache")
                && !steps.hasCache("/var/cache/apk")
                && !removes(steps, "/var/cache/apk")) {
            return Optional.of("add --no-cache");
        }
        boolean cleans =
                steps.commands().stream().anyMatch(other -> Steps.plain(other).contains("clean"));
        if ((DNF.contains(command.name())
                        || command.name().equals("zypper")
                        || command.name().equals("microdnf"))
                && installs
                && !cleans
                && !steps.hasCache("/var/cache")
                && !removes(steps, "/var/cache")) {
            return Optional.of("end the step with: && " + command.name() + " clean all");
        }
        boolean isPip = command.name().matches("pip[23]?(\\.\\d+)?") && words.contains("install");
        if (isPip
                && !Steps.has(command, "--no-cache-dir")
                && !steps.hasCache("/root/.cache")
                && !removes(steps, "/root/.cache")) {
            return Optional.of("add --no-cache-dir");
        }
        return Optional.empty();
    }

    private static boolean removes(Steps steps, String folder) {
        return steps.commands().stream()
                .anyMatch(command -> command.name().equals("rm")
                        && command.arguments().stream()
                                .anyMatch(word ->
                                        word.startsWith(folder) || folder.startsWith(word) && word.length() > 4));
    }

    private static void versions(ShellCommand command, Steps steps, Subject subject) {
        List<String> words = Steps.plain(command);
        if (words.size() < 2) {
            return;
        }
        List<String> packages = words.subList(1, words.size());
        long loose = switch (command.name()) {
            case "apt-get", "apt", "apk" ->
                words.getFirst().equals("install") || words.getFirst().equals("add")
                        ? packages.stream()
                                .filter(one -> isName(one)
                                        && one.indexOf('=') < 0
                                        && one.indexOf('~') < 0
                                        && one.indexOf('<') < 0
                                        && one.indexOf('>') < 0)
                                .count()
                        : 0;
            case "pip", "pip3", "pip2" ->
                words.getFirst().equals("install")
                                && !Steps.has(command, "-r", "--requirement", "-e", "--editable", "-c")
                        ? packages.stream()
                                .filter(one -> isName(one) && !one.matches(".*(==|@|===|~=).*"))
                                .count()
                        : 0;
            case "npm" ->
                (words.getFirst().equals("install") || words.getFirst().equals("i"))
                        ? packages.stream()
                                .filter(one -> isName(one) && one.lastIndexOf('@') <= 0)
                                .count()
                        : 0;
            case "gem" ->
                words.getFirst().equals("install") && !Steps.has(command, "-v", "--version")
                        ? packages.stream()
                                .filter(one -> isName(one) && one.indexOf(':') < 0)
                                .count()
                        : 0;
            case "go" ->
                words.getFirst().equals("install")
                        ? packages.stream()
                                .filter(one -> one.endsWith("@latest"))
                                .count()
                        : 0;
            default -> 0;
        };
        if (loose > 0) {
            subject.findings()
                    .fail(NO_VERSION, Subject.name(steps.stage()), command.place())
                    .says(Steps.shown(command) + " names " + loose + (loose == 1 ? " package" : " packages")
                            + " without a version: " + NO_VERSION.why())
                    .fix("name the versions, or install from a lock file")
                    .add();
        }
    }

    private static boolean isName(String word) {
        return !word.startsWith(".")
                && !word.startsWith("/")
                && !word.startsWith("$")
                && !word.contains("://")
                && !word.endsWith(".deb")
                && !word.endsWith(".whl")
                && !word.isEmpty();
    }
}
