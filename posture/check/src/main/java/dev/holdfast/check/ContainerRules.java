package dev.holdfast.check;

import static dev.holdfast.core.Severity.CRITICAL;
import static dev.holdfast.core.Severity.HIGH;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.core.Severity.NEGLIGIBLE;
import static dev.holdfast.manifest.InputKind.COMPOSE;
import static dev.holdfast.manifest.InputKind.DOCKERFILE;
import static dev.holdfast.manifest.InputKind.ECS;
import static dev.holdfast.manifest.InputKind.IMAGE;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

/** The weaknesses that several kinds of input can write down: one id, one name and one reason for each, wherever it is found. */
public final class ContainerRules {
    public static final Rule PRIVILEGED = Rule.of(
            "privileged-container",
            CRITICAL,
            "privileged container",
            "it has every capability and every device of the host: who breaks into it owns the host",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule RUNTIME_SOCKET = Rule.of(
            "runtime-socket-mounted",
            CRITICAL,
            "mounts the container runtime's socket",
            "who can talk to the runtime can start a privileged container, and so owns the host",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule HOST_PATH = Rule.of(
            "sensitive-host-path",
            HIGH,
            "mounts a folder of the host that holds secrets or runs the system",
            "who breaks into the container reads, or changes, what the host itself relies on",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule CAPABILITY_ADDED = Rule.of(
            "dangerous-capability",
            HIGH,
            "adds a capability that leads to the host",
            "a process with it can read or change more than its container",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule CAPABILITIES_KEPT = Rule.of(
            "capabilities-not-dropped",
            MEDIUM,
            "keeps the capabilities that every container gets",
            "most programs need none of the fourteen, and each widens what a break-in can do",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule HOST_NETWORK = Rule.of(
            "host-network",
            HIGH,
            "shares the host's network",
            "it sees the host's traffic and reaches services that listen only on the host itself",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule HOST_PID = Rule.of(
            "host-pid",
            HIGH,
            "shares the host's process namespace",
            "its processes see, signal and read the environment of every process of the host",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule HOST_IPC = Rule.of(
            "host-ipc",
            HIGH,
            "shares the host's inter-process communication",
            "it reads and changes the shared memory of every process of the host",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule SECCOMP_OFF = Rule.of(
            "seccomp-unconfined",
            HIGH,
            "turns the filter of system calls off",
            "the kernel's rarely used calls, where most escapes begin, are open to it",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule APPARMOR_OFF = Rule.of(
            "apparmor-unconfined",
            HIGH,
            "turns AppArmor off",
            "nothing but file permissions keeps it from the host's interfaces under /proc and /sys",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule SELINUX_OFF = Rule.of(
            "selinux-disabled",
            MEDIUM,
            "turns the separation by SELinux off",
            "files of the host and of other containers are no longer out of its reach",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule MORE_PRIVILEGES = Rule.of(
            "privilege-escalation-allowed",
            MEDIUM,
            "its processes may gain privileges",
            "a set-user-ID program in the image turns any user into root",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule ROOT_USER = Rule.of(
            "runs-as-root",
            HIGH,
            "runs as root",
            "a break-in starts with root's powers in the container, and a flaw in the runtime with root's on the host",
            KUBERNETES,
            DOCKERFILE,
            COMPOSE,
            ECS,
            IMAGE);

    public static final Rule WRITABLE_ROOT = Rule.of(
            "writable-root-filesystem",
            MEDIUM,
            "may write to its own programs",
            "an intruder can leave tools behind and change what runs next",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule SECRET_IN_ENVIRONMENT = Rule.of(
            "secret-in-environment",
            CRITICAL,
            "a credential in the environment",
            "whoever reads this file, inspects the container or gets a crash report has it",
            KUBERNETES,
            DOCKERFILE,
            COMPOSE,
            ECS,
            IMAGE);

    public static final Rule SECRET_IN_COMMAND = Rule.of(
            "secret-in-command",
            CRITICAL,
            "a credential in a command",
            "it stands in the file, in the history of the image and in the list of processes",
            KUBERNETES,
            DOCKERFILE,
            COMPOSE,
            ECS,
            IMAGE);

    public static final Rule SECRET_IN_CONFIGURATION = Rule.of(
            "secret-in-configuration",
            HIGH,
            "a credential in plain configuration",
            "configuration is readable by many and kept in version control; a secret store is not",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule UNPINNED_IMAGE = Rule.of(
            "image-latest-or-untagged",
            MEDIUM,
            "an image without a version",
            "what runs changes without anybody deciding so, and cannot be rolled back",
            KUBERNETES,
            DOCKERFILE,
            COMPOSE,
            ECS);

    public static final Rule NO_DIGEST = Rule.of(
                    "image-not-digest-pinned",
                    LOW,
                    "an image by tag only",
                    "a tag can be moved to other content; a digest cannot",
                    KUBERNETES,
                    DOCKERFILE,
                    COMPOSE,
                    ECS)
            .strict();

    public static final Rule NO_MEMORY_LIMIT = Rule.of(
            "memory-unlimited",
            MEDIUM,
            "no limit of memory",
            "a leak or an attack takes the memory of everything else on the host",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule NO_CPU_LIMIT = Rule.of(
                    "cpu-unlimited",
                    LOW,
                    "no limit of processor time",
                    "a loop or an attack slows everything else on the host",
                    KUBERNETES,
                    COMPOSE,
                    ECS)
            .strict();

    public static final Rule NO_HEALTH_CHECK = Rule.of(
                    "healthcheck-missing",
                    LOW,
                    "nothing tells whether it works",
                    "a process that hangs keeps its place",
                    KUBERNETES,
                    DOCKERFILE,
                    COMPOSE,
                    ECS,
                    IMAGE)
            .strict();

    public static final Rule UNSAFE_SYSCTL = Rule.of(
            "unsafe-sysctl",
            MEDIUM,
            "sets a kernel parameter that is not the container's own",
            "it changes how the kernel treats everything on the host",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule SHARED_PROPAGATION = Rule.of(
            "mount-propagation-shared",
            MEDIUM,
            "its mounts spread to the host",
            "what it mounts appears on the host and in other containers",
            KUBERNETES,
            COMPOSE);

    public static final Rule DEVICE = Rule.of(
            "host-device",
            MEDIUM,
            "gets a device of the host",
            "a disk, a memory or an input device bypasses what separates it from the host",
            KUBERNETES,
            COMPOSE,
            ECS);

    public static final Rule SSH_SERVER = Rule.of(
            "ssh-server",
            MEDIUM,
            "offers logins by SSH",
            "keys and passwords must be looked after in every container, and a login leaves no trace in the orchestrator",
            KUBERNETES,
            DOCKERFILE,
            COMPOSE,
            ECS,
            IMAGE);

    public static final Rule LOGGING_OFF = Rule.of(
            "logging-disabled", MEDIUM, "its logs go nowhere", "nobody can find out later what happened", COMPOSE, ECS);

    public static final Rule BUILD_UNCONFINED = Rule.of(
            "build-step-unconfined",
            HIGH,
            "a step of the build runs with the powers or the network of the builder's host",
            "what it runs, and what that fetches, can reach the machine that builds",
            DOCKERFILE,
            COMPOSE);

    public static final Rule TLS_OFF = Rule.of(
            "tls-verification-off",
            HIGH,
            "does not check whom it talks to",
            "anybody on the way can answer in the server's place",
            DOCKERFILE,
            IMAGE);

    public static final Rule VOLUME_ON_SYSTEM = Rule.of(
            "volume-on-system-folder",
            MEDIUM,
            "a volume over a folder of the system",
            "it hides, or lets others change, what the system runs on",
            DOCKERFILE,
            IMAGE);

    public static final Rule PRIVILEGED_PORT = Rule.of(
                    "expose-privileged-port",
                    LOW,
                    "listens below 1024 without being root",
                    "some runtimes refuse that to a user who is not root",
                    DOCKERFILE,
                    IMAGE)
            .strict();

    public static final Rule SECRET_IN_BUILD_ARGUMENT = Rule.of(
            "secret-in-build-argument",
            MEDIUM,
            "a credential was given to the build as an argument",
            "its value stands in the history of the image, where everybody who can pull it reads it",
            DOCKERFILE,
            IMAGE);

    public static final Rule ADD_UNVERIFIED = Rule.of(
            "add-without-checksum",
            MEDIUM,
            "a step added a file from the network without a checksum",
            "who controlled the server, or the way to it, decided what was built in",
            DOCKERFILE,
            IMAGE);

    public static final Rule WORLD_WRITABLE = Rule.of(
            "world-writable-files",
            MEDIUM,
            "files that everybody may change",
            "a break-in under any user can change what others run",
            DOCKERFILE,
            IMAGE);

    public static final Rule ENDED = Rule.of(
            "base-end-of-life",
            HIGH,
            "built on a release that nobody mends any more",
            "flaws that are found in it now stay open",
            DOCKERFILE,
            IMAGE);

    public static final Rule UPDATE_ALONE = Rule.of(
            "package-index-update-alone",
            MEDIUM,
            "updates the package index in a step of its own",
            "the step is cached: later builds install old versions with known flaws, or fail",
            DOCKERFILE,
            IMAGE);

    public static final Rule UPGRADE = Rule.of(
                    "distribution-upgrade-in-build",
                    LOW,
                    "upgrades the whole distribution in the build",
                    "the same file builds another image every day; a newer base does it once, for all",
                    DOCKERFILE,
                    IMAGE)
            .strict();

    public static final Rule SHELL_FORM = Rule.of(
                    "shell-form-command",
                    LOW,
                    "the program is started by a shell",
                    "the shell does not pass signals on: the container is killed instead of stopped",
                    DOCKERFILE,
                    IMAGE)
            .strict();

    public static final Rule LABELS = Rule.of(
                    "image-labels",
                    NEGLIGIBLE,
                    "does not say what it was built from",
                    "nobody finds the way from the image to its source, its commit and its licences",
                    DOCKERFILE,
                    IMAGE)
            .strict();

    public static final Rule FOREIGN_REGISTRY = Rule.of(
            "image-registry-not-allowed",
            MEDIUM,
            "an image from a registry that is not one of yours",
            "who runs the registry, or takes a name there, decides what runs here",
            KUBERNETES,
            DOCKERFILE,
            COMPOSE,
            ECS);

    private ContainerRules() {}
}
