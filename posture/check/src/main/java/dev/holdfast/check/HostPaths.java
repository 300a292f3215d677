package dev.holdfast.check;

import dev.holdfast.core.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What it means that a container gets a folder or file of the host. */
public final class HostPaths {
    private static final Pattern SOCKET = Pattern.compile(
            ".*/(docker|containerd|podman|crio|cri-dockerd|dockershim|buildkitd|k3s-containerd|frakti)\\.sock|.*/podman/podman\\.sock|"
                    + "(//|\\\\\\\\)\\./?\\\\?/?pipe[/\\\\]docker_engine|\\\\\\\\\\.\\\\pipe\\\\docker_engine");

    /** Folders that hold the runtime's sockets. */
    private static final Set<String> SOCKET_FOLDERS =
            Set.of("/var/run", "/run", "/run/containerd", "/var/run/containerd", "/run/docker", "/run/podman");

    /** Folders of which writing alone gives the host away, and reading gives its secrets. */
    private static final List<String> WORST = List.of(
            "/etc",
            "/root",
            "/boot",
            "/proc",
            "/sys",
            "/dev",
            "/lib/modules",
            "/usr",
            "/bin",
            "/sbin",
            "/lib",
            "/lib64",
            "/var/lib/docker",
            "/var/lib/containerd",
            "/var/lib/kubelet",
            "/var/lib/containers",
            "/var/lib/etcd",
            "/home",
            "/var/spool/cron",
            "/var/log",
            "/var",
            "/opt",
            "/mnt",
            "/srv");

    /** Files below those that everybody may read, and that say little. */
    private static final Set<String> HARMLESS = Set.of(
            "/etc/localtime",
            "/etc/timezone",
            "/etc/hosts",
            "/etc/hostname",
            "/etc/resolv.conf",
            "/etc/os-release",
            "/etc/machine-id",
            "/etc/passwd",
            "/etc/group",
            "/etc/ssl/certs",
            "/etc/pki/ca-trust",
            "/etc/ca-certificates",
            "/usr/share/zoneinfo",
            "/usr/share/ca-certificates",
            "/usr/local/share/ca-certificates",
            "/dev/shm",
            "/dev/null",
            "/dev/urandom",
            "/dev/random",
            "/var/log/journal");

    private HostPaths() {}

    /**
     * What is wrong with giving a path away.
     *
     * @param rule which weakness it is
     * @param severity how bad
     * @param reason why so bad
     */
    public record Exposure(Rule rule, Severity severity, String reason) {}

    /** What a mount of this path of the host exposes; empty when it is nothing to speak of. */
    public static Optional<Exposure> of(String path, boolean isReadOnly) {
        String normal = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (SOCKET.matcher(normal).matches() || SOCKET_FOLDERS.contains(normal)) {
            return Optional.of(new Exposure(
                    ContainerRules.RUNTIME_SOCKET,
                    Severity.CRITICAL,
                    isReadOnly
                            ? "a socket that is mounted read-only takes commands all the same"
                            : ContainerRules.RUNTIME_SOCKET.why()));
        }
        if (normal.equals("/")) {
            return Optional.of(new Exposure(
                    ContainerRules.HOST_PATH,
                    isReadOnly ? Severity.HIGH : Severity.CRITICAL,
                    isReadOnly ? "it reads every file of the host" : "it can change every file of the host"));
        }
        if (HARMLESS.contains(normal)
                || normal.startsWith("/etc/ssl/certs/")
                || normal.startsWith("/usr/share/zoneinfo/")) {
            return Optional.empty();
        }
        for (String folder : WORST) {
            if (normal.equals(folder)) {
                return Optional.of(exposure(folder, isReadOnly));
            }
        }
        return below(normal, isReadOnly);
    }

    private static Exposure exposure(String folder, boolean isReadOnly) {
        boolean isMild = Set.of(
                        "/usr", "/lib", "/lib64", "/bin", "/sbin", "/opt", "/mnt", "/srv", "/var/log", "/lib/modules")
                .contains(folder);
        Severity severity = isReadOnly && isMild
                ? Severity.LOW
                : isReadOnly || folder.equals("/opt") || folder.equals("/mnt") || folder.equals("/srv")
                        ? Severity.MEDIUM
                        : Severity.HIGH;
        return new Exposure(
                ContainerRules.HOST_PATH,
                severity,
                isReadOnly ? "it can be read, not changed" : ContainerRules.HOST_PATH.why());
    }

    /** Files and folders below that are secret, or run things, themselves. */
    private static Optional<Exposure> below(String path, boolean isReadOnly) {
        boolean isSecret = path.matches(
                        "/etc/(shadow|gshadow|sudoers(\\.d)?|kubernetes(/.*)?|ssh(/.*)?|docker(/.*)?|cron[^/]*(/.*)?|systemd(/.*)?|ssl/private(/.*)?|pam\\.d|security|rancher(/.*)?)")
                || path.matches("(/root|/home/[^/]+)/\\.(ssh|aws|kube|docker|gnupg|config/gcloud|azure)(/.*)?")
                || path.matches(
                        "/proc/.+|/sys/(kernel|firmware|module)(/.*)?|/var/lib/(docker|kubelet|containerd|etcd)/.*|/dev/(mem|kmem|port|sd[a-z].*|nvme.*|vd[a-z].*)");
        if (!isSecret) {
            return Optional.empty();
        }
        return Optional.of(new Exposure(
                ContainerRules.HOST_PATH,
                isReadOnly ? Severity.MEDIUM : Severity.HIGH,
                isReadOnly ? "it can be read, not changed" : ContainerRules.HOST_PATH.why()));
    }

    /** What a device of the host gives away: a disk or a memory everything, others what they are for. */
    public static Severity ofDevice(String path) {
        if (path.matches(
                "/dev/?|/dev/(mem|kmem|port|kmsg|sd[a-z]\\d*|nvme.*|vd[a-z]\\d*|xvd[a-z]\\d*|mapper(/.*)?|dm-\\d+|loop.*|disk(/.*)?|raw.*|input(/.*)?|uinput)")) {
            return Severity.HIGH;
        }
        return Severity.LOW;
    }
}
