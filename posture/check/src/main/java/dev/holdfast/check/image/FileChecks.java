package dev.holdfast.check.image;

import static dev.holdfast.manifest.InputKind.IMAGE;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.tree.Place;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import dev.holdfast.oci.Interest;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges the files of an image, those included that a later layer deleted: they can still be read. */
final class FileChecks {
    static final Rule SECRET_FILE = Rule.of(
            "secret-file-in-layer",
            Severity.CRITICAL,
            "a layer holds a file of credentials",
            "everybody who can pull the image can read it, also when a later layer deletes it",
            IMAGE);

    static final Rule NO_PASSWORD = Rule.of(
            "empty-password",
            Severity.CRITICAL,
            "an account without a password",
            "whoever gets to a login, or to su, needs none",
            IMAGE);

    static final Rule SECOND_ROOT = Rule.of(
            "second-root-account",
            Severity.HIGH,
            "an account other than root has the number 0",
            "it is root under a name that nobody looks for",
            IMAGE);

    static final Rule HOST_KEY = Rule.of(
            "host-key-baked-in",
            Severity.HIGH,
            "the private key of a host or server is part of the image",
            "every container has the same, and everybody who can pull the image can pose as each of them",
            IMAGE);

    static final Rule SAME_NUMBER = Rule.of(
            "duplicate-account",
            Severity.LOW,
            "two accounts share a number or a name",
            "what belongs to the one belongs to the other, and nobody can tell later who did it",
            IMAGE);

    static final Rule MACHINE_ID = Rule.of(
                    "machine-id-baked-in",
                    Severity.LOW,
                    "the number of a machine is part of the image",
                    "every container passes for the same machine, in logs and where numbers are made from it",
                    IMAGE)
            .strict();

    static final Rule SETUID = Rule.of(
                    "setuid-files",
                    Severity.MEDIUM,
                    "programs that run as their owner",
                    "a flaw in one of them turns any user of the container into root",
                    IMAGE)
            .strict();

    static final Rule WORLD_WRITABLE = ContainerRules.WORLD_WRITABLE;

    private static final Pattern SECRETS = Pattern.compile(
            ".*/(id_(rsa|dsa|ecdsa|ed25519)|\\.npmrc|\\.pypirc|\\.netrc|\\.pgpass|\\.git-credentials|\\.dockercfg)|.*/\\.aws/credentials|.*/\\.kube/config|"
                    + ".*/\\.docker/config\\.json|.*/\\.env|.*/[^/]*\\.(p12|pfx|jks|kdbx)");

    private static final Pattern PRIVATE = Pattern.compile(
            "(?s).*(-----BEGIN [A-Z ]*PRIVATE KEY|_authToken\\s*=\\s*[^$\\s]|password\\s*[=:\\s]\\s*[^$\\s]|aws_secret_access_key\\s*=\\s*\\S|\"auth\"\\s*:\\s*\"[^\"]|"
                    + "client-key-data:|token:\\s*\\S|://[^/@\\s:]+:[^/@\\s]+@).*");

    private static final Pattern HOST_KEYS = Pattern.compile("/etc/ssh/ssh_host_[a-z0-9]+_key");

    /** Small files of the system that are looked at. */
    private static final Set<String> ACCOUNTS = Set.of(
            "/etc/shadow", "/etc/passwd", "/etc/group", "/etc/os-release", "/usr/lib/os-release", "/etc/machine-id");

    private static final Pattern SYSTEM = Pattern.compile("/(usr/share|usr/lib|usr/local/lib|lib|proc|sys|dev)/.*");

    /** Programs that distributions ship so, and that need it. */
    private static final Set<String> USUAL = Set.of(
            "su",
            "mount",
            "umount",
            "passwd",
            "chsh",
            "chfn",
            "newgrp",
            "gpasswd",
            "chage",
            "expiry",
            "unix_chkpwd",
            "wall",
            "ping",
            "ping6",
            "ssh-keysign",
            "dbus-daemon-launch-helper",
            "ssh-agent",
            "bsd-write",
            "write",
            "pam_timestamp_check",
            "bbsuid",
            "doas",
            "sudo",
            "pkexec",
            "polkit-agent-helper-1",
            "utempter",
            "fusermount",
            "fusermount3",
            "unix2_chkpwd",
            "sg");

    /** Private keys of servers, by the names that people give them; those of examples and tests are none of anybody's. */
    private static final Pattern SERVER_KEYS = Pattern.compile(
            "(?!.*/(tests?|testdata|examples?|samples?|site-packages|node_modules|dist-packages|gems)/)(/etc/ssl/private/.+|.*\\.key|.*[-_.]?key\\.pem|.*priv(ate|key)[^/]*\\.pem)");

    private static final Pattern KEY_TEXT = Pattern.compile("(?s).*-----BEGIN [A-Z ]*PRIVATE KEY.*");

    private static final int MOST_BYTES = 256 << 10;

    private final FileTree tree;
    private final Findings findings;
    private final String who;

    FileChecks(FileTree tree, Findings findings, String who) {
        this.tree = tree;
        this.findings = findings;
        this.who = who;
    }

    static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(List.of(
                SECRET_FILE,
                NO_PASSWORD,
                SECOND_ROOT,
                SAME_NUMBER,
                HOST_KEY,
                MACHINE_ID,
                SETUID,
                WORLD_WRITABLE,
                ContainerRules.SSH_SERVER));
        rules.addAll(LeftoverChecks.rules());
        return rules;
    }

    /** What must be at hand for these checks. */
    static Interest interest() {
        return (path, header) -> header.size() <= MOST_BYTES && (ACCOUNTS.contains(path) || isSecret(path))
                ? Want.CONTENT
                : Want.NOTHING;
    }

    private static boolean isSecret(String path) {
        return (isNamedAsSecret(path) || HOST_KEYS.matcher(path).matches() || isServerKey(path))
                && !SYSTEM.matcher(path).matches();
    }

    /** Most files are told from secrets by a look at their names' first and last letters. */
    private static boolean isNamedAsSecret(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean mayBe = name.startsWith(".")
                || name.startsWith("id_")
                || name.startsWith("config")
                || name.equals("credentials")
                || name.endsWith(".p12")
                || name.endsWith(".pfx")
                || name.endsWith(".jks")
                || name.endsWith(".kdbx");
        return mayBe && SECRETS.matcher(path).matches();
    }

    private static boolean isServerKey(String path) {
        boolean mayBe = path.endsWith(".key") || path.endsWith(".pem") || path.startsWith("/etc/ssl/private/");
        return mayBe && SERVER_KEYS.matcher(path).matches();
    }

    void judge() throws InputException, IOException {
        for (String path : tree.wantedPaths()) {
            if (isSecret(path)) {
                secret(path);
            }
        }
        accounts();
        sameNumbers("/etc/passwd");
        sameNumbers("/etc/group");
        machine();
        modes();
        String release = whole("/etc/os-release");
        new LeftoverChecks(tree, findings, who).judge(release.isEmpty() ? whole("/usr/lib/os-release") : release);
    }

    /** The text of a small file; empty when there is none. */
    private String whole(String path) throws InputException, IOException {
        FileVersion file = tree.resolve(path)
                .filter(entry -> entry.type() == FileType.REGULAR && entry.size() <= MOST_BYTES)
                .orElse(null);
        return file == null ? "" : text(file);
    }

    private void sameNumbers(String path) throws InputException, IOException {
        Map<String, String> names = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (String[] account : lines(path)) {
            if (account.length < 3 || account[0].startsWith("+")) {
                continue;
            }
            String other = names.putIfAbsent(account[2], account[0]);
            boolean isTwice = !seen.add(account[0]);
            boolean isShared = other != null && !other.equals(account[0]) && !account[2].equals("0");
            if (isTwice || isShared) {
                findings.fail(SAME_NUMBER, who, Place.START)
                        .says(path + " of " + who + " has "
                                + (isTwice
                                        ? "the name " + account[0] + " twice: "
                                        : account[0] + " and " + other + " with the number " + account[2] + ": ")
                                + SAME_NUMBER.why())
                        .fix("give each a number of its own")
                        .add();
            }
        }
    }

    private void machine() throws InputException, IOException {
        String id = whole("/etc/machine-id").strip();
        if (id.matches("[0-9a-f]{32}")) {
            findings.fail(MACHINE_ID, who, Place.START)
                    .says(who + " holds /etc/machine-id with a number: " + MACHINE_ID.why())
                    .fix("empty the file: truncate -s 0 /etc/machine-id")
                    .add();
        }
    }

    private void secret(String path) throws InputException, IOException {
        List<FileVersion> versions = tree.history(path);
        boolean isAlive = tree.entry(path).isPresent();
        for (FileVersion version : versions) {
            boolean isFile = version.type() == FileType.REGULAR && version.size() > 0 && version.size() <= MOST_BYTES;
            if (isFile && holdsSecret(path, text(version))) {
                boolean isHostKey = HOST_KEYS.matcher(path).matches() || isServerKey(path);
                Rule rule = isHostKey ? HOST_KEY : SECRET_FILE;
                String state = isAlive ? "" : ", which a later layer deletes and everybody can still read";
                findings.fail(rule, who, Place.START)
                        .says("layer " + (version.layer() + 1) + " of " + who + " holds " + path + state + ": "
                                + rule.why())
                        .fix(
                                "replace the credential, and build without it: RUN --mount=type=secret, or a stage that is not part of the image")
                        .add();
                return;
            }
        }
    }

    private static boolean holdsSecret(String path, String text) {
        boolean isKeystore = path.endsWith(".p12") || path.endsWith(".pfx") || path.endsWith(".kdbx");
        boolean isNamed = isNamedAsSecret(path);
        Pattern wanted = isNamed ? PRIVATE : KEY_TEXT;
        return isKeystore || !path.endsWith(".jks") && wanted.matcher(text).matches();
    }

    private String text(FileVersion version) throws InputException, IOException {
        return new String(tree.content(version).readAll(MOST_BYTES), StandardCharsets.ISO_8859_1);
    }

    private void accounts() throws InputException, IOException {
        for (String[] account : lines("/etc/shadow")) {
            if (account.length > 1 && account[1].isEmpty()) {
                findings.fail(NO_PASSWORD, who, Place.START)
                        .says("the account " + account[0] + " of " + who + " has an empty password: "
                                + NO_PASSWORD.why())
                        .fix("lock it: passwd -l " + account[0])
                        .add();
            }
        }
        for (String[] account : lines("/etc/passwd")) {
            if (account.length > 2
                    && account[2].equals("0")
                    && !account[0].equals("root")
                    && !account[0].equals("toor")) {
                findings.fail(SECOND_ROOT, who, Place.START)
                        .says("the account " + account[0] + " of " + who + " has the number 0: " + SECOND_ROOT.why())
                        .fix("give it a number of its own, or remove it")
                        .add();
            }
        }
    }

    private List<String[]> lines(String path) throws InputException, IOException {
        List<String[]> lines = new ArrayList<>();
        FileVersion file = tree.resolve(path)
                .filter(entry -> entry.type() == FileType.REGULAR)
                .orElse(null);
        if (file != null && file.size() <= MOST_BYTES) {
            text(file)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> lines.add(line.split(":", -1)));
        } else if (file != null) {
            findings.gap(Gap.Code.LIMIT, Place.START, path + " has " + file.size() + " bytes, and was not read");
        }
        return lines;
    }

    private void modes() {
        List<String> setuid = new ArrayList<>();
        List<String> writable = new ArrayList<>();
        boolean[] hasServer = {false};
        tree.forEach(entry -> {
            String path = entry.path();
            boolean isFile = entry.type() == FileType.REGULAR;
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (isFile && (entry.mode() & 0_4000) != 0 && !USUAL.contains(name)) {
                setuid.add(path);
            }
            boolean isOpen = (entry.mode() & 0_002) != 0
                    && (isFile || entry.type() == FileType.DIRECTORY && (entry.mode() & 0_1000) == 0);
            if (isOpen && !path.startsWith("/proc") && !path.startsWith("/sys") && !path.startsWith("/dev")) {
                writable.add(path);
            }
            hasServer[0] |= isFile && (path.equals("/usr/sbin/sshd") || path.equals("/usr/sbin/dropbear"));
        });
        tell(SETUID, setuid, " programs of " + who + " run as their owner: ", "take the bit off: chmod u-s");
        tell(WORLD_WRITABLE, writable, " files or folders of " + who + " can be changed by everybody: ", "chmod o-w");
        if (hasServer[0]) {
            findings.fail(ContainerRules.SSH_SERVER, who, Place.START)
                    .says(who + " holds an SSH server: " + ContainerRules.SSH_SERVER.why())
                    .fix("leave it out")
                    .add();
        }
    }

    private void tell(Rule rule, List<String> paths, String sentence, String fix) {
        if (!paths.isEmpty()) {
            String first = String.join(", ", paths.subList(0, Math.min(3, paths.size())));
            findings.fail(rule, who, Place.START)
                    .says(paths.size() + sentence + first + (paths.size() > 3 ? ", …" : "") + "; " + rule.why())
                    .fix(fix)
                    .add();
        }
    }
}
