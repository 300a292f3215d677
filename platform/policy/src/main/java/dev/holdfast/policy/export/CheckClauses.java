package dev.holdfast.policy.export;

import dev.holdfast.core.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * Those of our checks of pods that CEL can say, each with the severity from which it is asked. A rule whose severity depends on what was found
 * has a clause for each severity. A privileged container is said to be one, and nothing besides.
 */
final class CheckClauses {
    private static final String CONFINED = "!c.?securityContext.?privileged.orValue(false)";
    private static final String ALL_PRIVILEGED =
            "variables.containers.all(c, c.?securityContext.?privileged.orValue(false))";
    private static final String ADDED = "c.?securityContext.?capabilities.?add.orValue([])";
    private static final String NON_ROOT =
            "c.?securityContext.?runAsNonRoot.orValue(variables.spec.?securityContext.?runAsNonRoot.orValue(false))";
    private static final String USER =
            "c.?securityContext.?runAsUser.orValue(variables.spec.?securityContext.?runAsUser.orValue(-1))";
    private static final String OTHER_USERS = "variables.windows || variables.ownUsers";
    private static final String HOST_PATHS = "variables.spec.?volumes.orValue([]).exists(v, ";
    private static final String PATH = "v.?hostPath.?path.orValue('')";
    /** Every container that mounts it cannot write, and one does mount it. */
    private static final String READ_ONLY =
            "(variables.containers.exists(c, c.?volumeMounts.orValue([]).exists(m, m.name == v.name))"
                    + " && variables.containers.all(c, c.?volumeMounts.orValue([]).all(m,"
                    + " m.name != v.name || m.?readOnly.orValue(false))))";

    private static final List<String> OWNING_CAPABILITIES =
            List.of("ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO", "SYS_PTRACE", "DAC_READ_SEARCH", "BPF");
    private static final List<String> OTHER_CAPABILITIES = List.of(
            "AUDIT_CONTROL",
            "AUDIT_READ",
            "BLOCK_SUSPEND",
            "CHECKPOINT_RESTORE",
            "IPC_LOCK",
            "IPC_OWNER",
            "LEASE",
            "LINUX_IMMUTABLE",
            "MAC_ADMIN",
            "MAC_OVERRIDE",
            "NET_ADMIN",
            "NET_BROADCAST",
            "NET_RAW",
            "PERFMON",
            "SYS_BOOT",
            "SYS_NICE",
            "SYS_PACCT",
            "SYS_RESOURCE",
            "SYS_TIME",
            "SYS_TTY_CONFIG",
            "SYSLOG",
            "WAKE_ALARM");

    private static final String SOCKETS = Cel.pattern(
            "^/+((var/+)?run/+(docker\\.sock|cri-dockerd\\.sock|containerd/+containerd\\.sock|crio/+crio\\.sock|podman/+podman\\.sock)"
                    + "|run/+k3s/+containerd/+containerd\\.sock|var/+run/+dockershim\\.sock)/*$");
    private static final String HARMLESS = Cel.pattern(
            "^/+(etc/+(localtime|timezone|ssl/+certs|pki/+ca-trust)|usr/+share/+zoneinfo|lib/+modules)(/.*)?$");
    private static final String WHOLE = Cel.pattern("^/+((etc|var/+lib/+kubelet)/*)?$");

    /** A clause, and from which severity on it is asked. */
    record Graded(Severity severity, Clause clause) {}

    private CheckClauses() {}

    static List<Graded> all() {
        List<Graded> all = new ArrayList<>();
        critical(all);
        high(all);
        medium(all);
        return List.copyOf(all);
    }

    private static void critical(List<Graded> all) {
        add(all, Severity.CRITICAL, PodSecurityClauses.privileged("privileged-container"));
        add(all, Severity.CRITICAL, PodSecurityClauses.windowsHostProcess("windows-host-process"));
        add(
                all,
                Severity.CRITICAL,
                Clause.ofContainers(
                        "dangerous-capability",
                        CONFINED + " && " + ADDED + ".exists(a, a.upperAscii() in " + Cel.list(OWNING_CAPABILITIES)
                                + ")",
                        "with this capability the host can be taken over directly"));
        add(
                all,
                Severity.CRITICAL,
                Clause.ofPod(
                        "runtime-socket-mounted",
                        HOST_PATHS + PATH + ".matches(" + SOCKETS + "))",
                        "the container runtime's socket must not be mounted"));
        add(
                all,
                Severity.CRITICAL,
                Clause.ofPod(
                        "sensitive-host-path",
                        HOST_PATHS + PATH + ".matches(" + WHOLE + ") && !" + READ_ONLY + ")",
                        "who writes to this path of the node owns the node"));
    }

    private static void high(List<Graded> all) {
        add(
                all,
                Severity.HIGH,
                Clause.ofContainers(
                        "dangerous-capability",
                        CONFINED + " && " + ADDED + ".exists(a, a.upperAscii() in " + Cel.list(OTHER_CAPABILITIES)
                                + ")",
                        "this capability leads to the host"));
        flag(all, "host-network", "hostNetwork");
        flag(all, "host-pid", "hostPID");
        flag(all, "host-ipc", "hostIPC");
        add(
                all,
                Severity.HIGH,
                PodSecurityClauses.seccompFields("seccomp-unconfined").unless(ALL_PRIVILEGED));
        Clause annotated = PodSecurityClauses.seccompAnnotations();
        add(
                all,
                Severity.HIGH,
                Clause.ofPod("seccomp-unconfined", annotated.pod(), annotated.says())
                        .unless(ALL_PRIVILEGED));
        add(
                all,
                Severity.HIGH,
                PodSecurityClauses.appArmor("apparmor-unconfined").unless(ALL_PRIVILEGED));
        add(
                all,
                Severity.HIGH,
                Clause.ofContainers("runs-as-root", USER + " == 0 && !" + NON_ROOT, "runAsUser must not be 0")
                        .unless(OTHER_USERS));
        add(
                all,
                Severity.HIGH,
                new Clause(
                        "proc-mount-unmasked",
                        "variables.ownUsers",
                        "false",
                        PodSecurityClauses.procMount().container(),
                        PodSecurityClauses.procMount().says()));
        add(
                all,
                Severity.HIGH,
                Clause.ofPod(
                        "host-path-volume",
                        HOST_PATHS + "has(v.hostPath) && !(" + PATH + ".matches(" + HARMLESS + ") && " + READ_ONLY
                                + "))",
                        "paths of the node must not be mounted"));
    }

    private static void flag(List<Graded> all, String id, String field) {
        add(
                all,
                Severity.HIGH,
                Clause.ofPod(id, "variables.spec.?" + field + ".orValue(false)", field + " must not be true"));
    }

    private static void medium(List<Graded> all) {
        PodSecurityClauses newest = new PodSecurityClauses(Integer.MAX_VALUE);
        add(all, Severity.MEDIUM, newest.seLinux("selinux-disabled"));
        add(all, Severity.MEDIUM, newest.sysctls("unsafe-sysctl"));
        add(all, Severity.MEDIUM, PodSecurityClauses.probes("probe-or-lifecycle-host"));
        add(
                all,
                Severity.MEDIUM,
                Clause.ofContainers(
                                "capabilities-not-dropped",
                                CONFINED + " && !c.?securityContext.?capabilities.?drop.orValue([])"
                                        + ".exists(d, d.upperAscii() == 'ALL')",
                                "capabilities.drop must hold ALL")
                        .unless("variables.windows"));
        add(
                all,
                Severity.MEDIUM,
                Clause.ofContainers(
                                "privilege-escalation-allowed",
                                CONFINED + " && c.?securityContext.?allowPrivilegeEscalation.orValue(true)",
                                "allowPrivilegeEscalation must be false")
                        .unless("variables.windows"));
        add(
                all,
                Severity.MEDIUM,
                Clause.ofContainers(
                                "writable-root-filesystem",
                                CONFINED + " && !c.?securityContext.?readOnlyRootFilesystem.orValue(false)",
                                "readOnlyRootFilesystem must be true")
                        .unless("variables.windows"));
        add(
                all,
                Severity.MEDIUM,
                Clause.ofContainers(
                                "run-as-non-root-missing",
                                USER + " == -1 && !" + NON_ROOT,
                                "runAsNonRoot must be true, or runAsUser a number")
                        .unless(OTHER_USERS));
        add(
                all,
                Severity.MEDIUM,
                Clause.ofContainers(
                                "root-against-non-root", USER + " == 0 && " + NON_ROOT, "runAsUser: 0 and runAsNonRoot")
                        .unless(OTHER_USERS));
        add(
                all,
                Severity.MEDIUM,
                Clause.ofContainers(
                        "image-latest-or-untagged",
                        "c.?image.orValue('').matches(" + Cel.pattern("^([^@$<%]*/)?[^/:@$<%]+(:latest)?$") + ")",
                        "the image must have a version"));
        add(
                all,
                Severity.MEDIUM,
                Clause.ofContainers(
                        "mount-propagation-shared",
                        "c.?volumeMounts.orValue([]).exists(m, m.?mountPropagation.orValue('') == 'Bidirectional')",
                        "mountPropagation must not be Bidirectional"));
        add(
                all,
                Severity.MEDIUM,
                Clause.ofContainers(
                                "host-port",
                                "c.?ports.orValue([]).exists(p, p.?hostPort.orValue(0) != 0)",
                                "ports must not have a hostPort")
                        .unless("variables.spec.?hostNetwork.orValue(false)"));
    }

    private static void add(List<Graded> all, Severity severity, Clause clause) {
        all.add(new Graded(severity, clause));
    }
}
