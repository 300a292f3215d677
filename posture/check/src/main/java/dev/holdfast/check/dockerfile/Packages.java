package dev.holdfast.check.dockerfile;

import static dev.holdfast.manifest.InputKind.DOCKERFILE;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.PackageCommands;
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
import java.util.regex.Pattern;

/** How packages are installed. */
final class Packages implements Look {
    static final Rule UNSIGNED = Rule.of(
            "package-signatures-off",
            Severity.HIGH,
            "installs packages without checking their signatures",
            "whoever runs a mirror, or sits on the way to it, can put programs into the image",
            DOCKERFILE);

    static final Rule KEY = Rule.of(
            "repository-key-for-everything",
            Severity.MEDIUM,
            "trusts a repository's key for all packages",
            "whoever has the key can replace any package of the distribution",
            DOCKERFILE);

    static final Rule UPDATE_ALONE = ContainerRules.UPDATE_ALONE;
    static final Rule UPGRADE = ContainerRules.UPGRADE;

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

    /** Commands that leave the package index alone: with only these beside it, an update serves no one. */
    private static final Set<String> HARMLESS = Set.of(
            "apt-get",
            "apt",
            "set",
            "echo",
            "rm",
            "sed",
            "export",
            "true",
            "mkdir",
            "printf",
            "add-apt-repository",
            "apt-key",
            "cat",
            "tee");

    private static final Pattern TRUSTED = Pattern.compile("deb(-src)?\\s+\\[[^\\]]*trusted=yes.*", Pattern.DOTALL);

    @Override
    public List<Rule> rules() {
        return List.of(UNSIGNED, KEY, UPDATE_ALONE, UPGRADE, NO_YES, RECOMMENDS, CACHE, NO_VERSION);
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
            updateAlone(steps, subject);
            cache(steps, subject);
            for (ShellCommand command : steps.commands()) {
                unsigned(command, steps, subject);
                key(command, steps, subject);
                upgrade(command, steps, subject);
                versions(command, steps, subject);
                if (!answersAlways && command.joint() != ShellCommand.Joint.PIPE) {
                    question(command, steps, subject);
                }
                recommends(command, steps, subject);
            }
        }
    }

    private static void unsigned(ShellCommand command, Steps steps, Subject subject) {
        for (ShellWord word : command.words()) {
            String text = word.text();
            boolean isOff = switch (command.name()) {
                case "apt-get", "apt", "aptitude" ->
                    text.equals("--allow-unauthenticated")
                            || text.equals("--force-yes")
                            || text.equals("--allow-insecure-repositories")
                            || text.matches(
                                    "(?i)(-o)?(APT::Get::AllowUnauthenticated|Acquire::AllowInsecureRepositories)=(true|1|yes)");
                case "apk" -> text.equals("--allow-untrusted");
                case "yum", "dnf", "dnf5", "microdnf", "tdnf" ->
                    text.equals("--nogpgcheck")
                            || text.equals("--no-gpgchecks")
                            || text.matches("--setopt=([^=]*\\.)?gpgcheck=(0|false)");
                case "zypper" -> text.equals("--no-gpg-checks") || text.equals("--no-gpgcheck");
                case "rpm" -> text.equals("--nosignature") || text.equals("--nodigest");
                default ->
                    TRUSTED.matcher(text).matches() || text.matches("(?s)(.*\\n)?\\s*gpgcheck\\s*=\\s*0\\s*(\\n.*)?");
            };
            if (isOff) {
                String shown = text.length() > 50 ? text.substring(0, 50).strip() + "…" : text.strip();
                subject.findings()
                        .fail(UNSIGNED, Subject.name(steps.stage()), word.place())
                        .says((command.name().isEmpty() ? "this" : command.name()) + " has " + shown + ": "
                                + UNSIGNED.why())
                        .fix(
                                "leave it out, and install the repository's key where it is missing",
                                Steps.without(command, word))
                        .add();
                return;
            }
        }
    }

    private static void key(ShellCommand command, Steps steps, Subject subject) {
        boolean isAptKey = command.name().equals("apt-key")
                && command.arguments().stream()
                        .anyMatch(word -> word.equals("add")
                                || word.equals("--recv-keys")
                                || word.equals("--recv")
                                || word.equals("adv"));
        if (isAptKey) {
            subject.findings()
                    .fail(KEY, Subject.name(steps.stage()), command.place())
                    .says("apt-key adds a key that counts for every repository: " + KEY.why())
                    .fix(
                            "keep the key in a file under /etc/apt/keyrings and name it in the source: deb [signed-by=<file>] …")
                    .add();
        }
    }

    private static void updateAlone(Steps steps, Subject subject) {
        Optional<ShellCommand> update =
                steps.commands().stream().filter(PackageCommands::isAptUpdate).findFirst();
        boolean isAlone = update.isPresent()
                && steps.commands().stream().noneMatch(PackageCommands::usesAptIndex)
                && steps.commands().stream()
                        .allMatch(command -> command.words().isEmpty() || HARMLESS.contains(command.name()))
                && !steps.hasCache("/var/lib/apt");
        if (!isAlone) {
            return;
        }
        subject.findings()
                .fail(UPDATE_ALONE, Subject.name(steps.stage()), update.get().place())
                .says(Steps.shown(update.get()) + " stands in a RUN without an install: " + UPDATE_ALONE.why())
                .fix(
                        "put both in one step: RUN apt-get update && apt-get install -y --no-install-recommends <packages>")
                .add();
    }

    private static void upgrade(ShellCommand command, Steps steps, Subject subject) {
        if (PackageCommands.isUpgradeOfAll(command)) {
            subject.findings()
                    .fail(UPGRADE, Subject.name(steps.stage()), command.place())
                    .says(Steps.shown(command) + ": " + UPGRADE.why())
                    .fix("build on a newer base, by digest, and let a bot move it")
                    .add();
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
        if (!isApt && !isDnf || command.arguments().stream().anyMatch(Packages::answers)) {
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
