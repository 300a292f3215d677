package dev.holdfast.check.dockerfile;

import static dev.holdfast.manifest.InputKind.DOCKERFILE;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.PackageCommands;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.shell.ShellCommand;
import dev.holdfast.manifest.shell.ShellWord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where packages come from, and how old they are: signatures, keys, updates; how they are installed, {@link Installs} looks at. */
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
        return List.of(UNSIGNED, KEY, UPDATE_ALONE, UPGRADE);
    }

    @Override
    public void at(Subject subject) {
        for (Steps steps : Steps.all(subject.build())) {
            updateAlone(steps, subject);
            for (ShellCommand command : steps.commands()) {
                unsigned(command, steps, subject);
                key(command, steps, subject);
                upgrade(command, steps, subject);
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
}
