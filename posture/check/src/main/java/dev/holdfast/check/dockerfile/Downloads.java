package dev.holdfast.check.dockerfile;

import static dev.holdfast.manifest.InputKind.DOCKERFILE;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.Credentials;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.dockerfile.Instruction;
import dev.holdfast.manifest.dockerfile.Keyword;
import dev.holdfast.manifest.dockerfile.Stage;
import dev.holdfast.manifest.dockerfile.Word;
import dev.holdfast.manifest.shell.ShellCommand;
import dev.holdfast.manifest.shell.ShellWord;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What is fetched from the network while the image is built. */
final class Downloads implements Look {
    static final Rule PIPED = Rule.of(
            "download-piped-to-shell",
            Severity.HIGH,
            "runs whatever a server sends",
            "who controls the server, or the way to it, runs commands in the build; a cut connection runs half a script",
            DOCKERFILE);

    static final Rule PLAIN = Rule.of(
            "download-over-plain-http",
            Severity.HIGH,
            "fetches over a connection that is not protected",
            "anybody on the way can change what is fetched",
            DOCKERFILE);

    static final Rule NO_TLS = ContainerRules.TLS_OFF;

    static final Rule UNCHECKED = Rule.of(
                    "download-not-verified",
                    Severity.LOW,
                    "unpacks or runs a download without a checksum",
                    "a changed file on the server is built in without anybody noticing",
                    DOCKERFILE)
            .strict();

    private static final Set<String> FETCHERS = Set.of("curl", "wget", "aria2c", "axel", "fetch", "http");

    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "ksh");

    private static final Set<String> INTERPRETERS =
            Set.of("python", "python2", "python3", "perl", "ruby", "node", "php");

    private static final Set<String> VERIFIERS = Set.of(
            "sha256sum",
            "sha512sum",
            "sha1sum",
            "sha384sum",
            "b2sum",
            "shasum",
            "md5sum",
            "gpg",
            "gpgv",
            "gpg2",
            "cosign",
            "minisign",
            "openssl");

    private static final Pattern PLAIN_ADDRESS =
            Pattern.compile("(http|ftp)://(?!localhost|127\\.|\\[::1|0\\.0\\.0\\.0|host\\.docker)[^\\s\"']+");

    private static final Pattern FROM_SUBSTITUTION =
            Pattern.compile("(\\$\\(|<\\(|`)\\s*(sudo\\s+)?(curl|wget)\\b.*", Pattern.DOTALL);

    private static final Set<String> SWITCHED_OFF = Set.of("0", "false", "no", "off");

    @Override
    public List<Rule> rules() {
        return List.of(PIPED, PLAIN, NO_TLS, UNCHECKED);
    }

    @Override
    public void at(Subject subject) {
        for (Steps steps : Steps.all(subject.build())) {
            piped(subject.build().script(steps.run()).commands(), steps.stage(), subject);
            boolean isVerified = steps.commands().stream().anyMatch(Downloads::verifies);
            for (ShellCommand command : steps.commands()) {
                if (!isVerified) {
                    plain(command, steps.stage(), subject);
                }
                unchecked(command, isVerified, steps, subject);
                withoutTls(command, steps.stage(), subject);
            }
        }
        environment(subject);
    }

    static boolean verifies(ShellCommand command) {
        return VERIFIERS.contains(command.name())
                || command.arguments().stream()
                        .anyMatch(word -> word.contains("--checksum") || word.contains("--verify"));
    }

    private static void piped(List<ShellCommand> commands, Stage stage, Subject subject) {
        Optional<ShellCommand> source = Optional.empty();
        for (ShellCommand written : commands) {
            ShellCommand command = Steps.bare(written);
            if (written.joint() != ShellCommand.Joint.PIPE) {
                source = Optional.empty();
            }
            boolean runsInput = source.isPresent() && readsInput(command);
            boolean runsInner = runsText(command) && takesDownload(command);
            if (runsInput || runsInner) {
                String what = source.map(Steps::shown).orElse(Steps.shown(command));
                subject.findings()
                        .fail(
                                PIPED,
                                Subject.name(stage),
                                source.map(ShellCommand::place).orElse(written.place()))
                        .says(
                                runsInput
                                        ? what + " is piped to " + command.name() + ": " + PIPED.why()
                                        : what + ": " + PIPED.why())
                        .fix(
                                "fetch to a file, compare its checksum (echo \"<sha256>  file\" | sha256sum -c), then run it")
                        .add();
                source = Optional.empty();
            } else if (FETCHERS.contains(command.name())) {
                source = Optional.of(command);
            }
            piped(written.inner(), stage, subject);
        }
    }

    /** Whether a command runs what it reads: a shell or interpreter without a file or text of its own. */
    private static boolean readsInput(ShellCommand command) {
        boolean isShell = SHELLS.contains(command.name());
        if (!isShell && !INTERPRETERS.contains(command.name())) {
            return false;
        }
        for (String word : command.arguments()) {
            if (word.equals("-") || word.equals("/dev/stdin") || isShell && (word.equals("-s") || word.equals("--"))) {
                return true;
            }
            if (!word.startsWith("-") && !word.startsWith("+")) {
                return isShell && command.arguments().stream().anyMatch(other -> other.matches("-[a-z]*s[a-z]*"))
                        || isShell
                                && command.arguments().indexOf(word) > 0
                                && command.arguments()
                                        .get(command.arguments().indexOf(word) - 1)
                                        .matches("-[a-z]*o");
            }
            if (word.matches("-[a-zA-Z]*[cmeE][a-zA-Z]*") && !isShell || isShell && word.matches("-[a-z]*c")) {
                return false;
            }
        }
        return true;
    }

    private static boolean runsText(ShellCommand command) {
        String name = command.name();
        return SHELLS.contains(name)
                || name.equals("eval")
                || name.equals(".")
                || name.equals("source")
                || INTERPRETERS.contains(name) && command.arguments().stream().anyMatch(word -> word.startsWith("<("));
    }

    private static boolean takesDownload(ShellCommand command) {
        return command.words().stream()
                .skip(1)
                .map(ShellWord::text)
                .anyMatch(text -> FROM_SUBSTITUTION.matcher(text).matches());
    }

    private static void plain(ShellCommand command, Stage stage, Subject subject) {
        boolean isGit = command.name().equals("git") && Steps.plain(command).contains("clone");
        if (!FETCHERS.contains(command.name()) && !isGit) {
            return;
        }
        for (ShellWord word : command.words()) {
            boolean isAddress = PLAIN_ADDRESS.matcher(word.text()).matches();
            boolean isProxyOrHeader = word.text().contains("proxy");
            if (isAddress && !isProxyOrHeader) {
                String host = word.text();
                subject.findings()
                        .fail(PLAIN, Subject.name(stage), word.place())
                        .says(command.name() + " fetches " + shortened(host) + ", and nothing checks what arrives: "
                                + PLAIN.why())
                        .fix("use https://, or compare a checksum before the file is used")
                        .add();
                return;
            }
        }
    }

    private static String shortened(String address) {
        String bare = Credentials.withoutUser(address);
        return bare.length() > 70 ? bare.substring(0, 70) + "…" : bare;
    }

    private static void unchecked(ShellCommand command, boolean isVerified, Steps steps, Subject subject) {
        boolean isFetch = FETCHERS.contains(command.name()) && !isVerified;
        boolean isUsed = steps.commands().stream()
                .map(ShellCommand::name)
                .anyMatch(name -> Set.of("tar", "unzip", "dpkg", "rpm", "chmod", "install", "bsdtar")
                        .contains(name));
        if (isFetch && isUsed) {
            subject.findings()
                    .fail(UNCHECKED, Subject.name(steps.stage()), command.place())
                    .says(Steps.shown(command) + " is used without a check: " + UNCHECKED.why())
                    .fix("compare its checksum: echo \"<sha256>  file\" | sha256sum -c")
                    .add();
        }
    }

    private static void withoutTls(ShellCommand command, Stage stage, Subject subject) {
        Optional<ShellWord> option = optionOf(command).or(() -> assignmentOf(command));
        option.ifPresent(word -> subject.findings()
                .fail(NO_TLS, Subject.name(stage), word.place())
                .says(command.name() + (command.name().isEmpty() ? "" : " has ") + word.text()
                        + ", so it does not check certificates: " + NO_TLS.why())
                .fix("leave " + word.text() + " out; add the missing certificate authority to the image instead")
                .add());
    }

    private static Optional<ShellWord> assignmentOf(ShellCommand command) {
        List<ShellWord> candidates = command.name().equals("export") ? command.words() : command.assignments();
        return candidates.stream()
                .filter(word -> {
                    int equals = word.text().indexOf('=');
                    return equals > 0
                            && isSwitch(
                                    word.text().substring(0, equals),
                                    word.text().substring(equals + 1));
                })
                .findFirst();
    }

    /** Whether a variable of this value turns the check of certificates off. */
    static boolean isSwitch(String name, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "NODE_TLS_REJECT_UNAUTHORIZED", "PYTHONHTTPSVERIFY", "NPM_CONFIG_STRICT_SSL" ->
                SWITCHED_OFF.contains(lower);
            case "GIT_SSL_NO_VERIFY" -> !lower.isEmpty() && !SWITCHED_OFF.contains(lower);
            default -> false;
        };
    }

    private static Optional<ShellWord> optionOf(ShellCommand command) {
        List<ShellWord> words = command.words();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i).text();
            String next = i + 1 < words.size() ? words.get(i + 1).text() : "";
            boolean isOff = switch (command.name()) {
                case "curl" -> word.equals("--insecure") || word.equals("--proxy-insecure") || isShortK(word);
                case "wget" -> word.equals("--no-check-certificate");
                case "pip", "pip2", "pip3" -> word.startsWith("--trusted-host");
                case "npm", "yarn", "pnpm" ->
                    word.matches("--strict-ssl(=false)?") && (word.endsWith("false") || next.equals("false"))
                            || word.equals("strict-ssl") && next.equals("false")
                            || word.equals("strict-ssl=false");
                case "git" ->
                    word.matches("(?i)http(\\..*)?\\.sslVerify=(false|0)")
                            || word.matches("(?i)http(\\..*)?\\.sslVerify") && SWITCHED_OFF.contains(next);
                case "conda", "mamba" ->
                    word.equals("ssl_verify") && SWITCHED_OFF.contains(next.toLowerCase(Locale.ROOT));
                case "apt", "apt-get" ->
                    word.matches("(?i)-?o?(Acquire::https?(::[^=]*)?::Verify-(Peer|Host)=(false|0))");
                case "yum", "dnf", "microdnf" -> word.matches("--setopt=([^=]*\\.)?sslverify=(0|false)");
                default -> false;
            };
            boolean isPython = command.name().startsWith("python") && word.startsWith("--trusted-host");
            if (isOff || isPython) {
                return Optional.of(words.get(i));
            }
        }
        return Optional.empty();
    }

    /** Whether a bundle of curl's short options holds {@code k}, before one that takes the rest as its word. */
    private static boolean isShortK(String word) {
        if (!word.startsWith("-") || word.startsWith("--")) {
            return false;
        }
        for (int i = 1; i < word.length(); i++) {
            char option = word.charAt(i);
            if (option == 'k') {
                return true;
            }
            if ("oHdXuAebcTmwxrFyYzCDEKPQtU".indexOf(option) >= 0) {
                return false;
            }
        }
        return false;
    }

    private static void environment(Subject subject) {
        for (Stage stage : subject.stages().all()) {
            for (Instruction one : stage.instructions()) {
                List<Word> words = one.words();
                for (int i = 0; one.keyword() == Keyword.ENV && i + 1 < words.size(); i += 2) {
                    String name = words.get(i).text();
                    String value = subject.build()
                            .expand(stage, one, words.get(i + 1).text())
                            .text();
                    if (isSwitch(name, value)) {
                        Place place = words.get(i).place();
                        subject.findings()
                                .fail(NO_TLS, Subject.name(stage), place)
                                .says("ENV " + name + "=" + value
                                        + " turns the check of certificates off in every program that runs in the image: "
                                        + NO_TLS.why())
                                .fix("remove " + name + "; add the missing certificate authority to the image instead")
                                .add();
                    }
                }
            }
        }
    }
}
