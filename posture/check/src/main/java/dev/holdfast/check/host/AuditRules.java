package dev.holdfast.check.host;

import static dev.holdfast.core.Severity.MEDIUM;

import dev.holdfast.check.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel's audit is told to watch: lines {@code -w PATH} or {@code -a … -F path=PATH}, {@code -F dir=PATH} in
 * {@code /etc/audit/audit.rules} and {@code /etc/audit/rules.d/*.rules} (auditctl(8)). A watched folder covers what lies in it; a line that begins
 * with {@code #}, or says {@code never}, watches nothing.
 *
 * @param watched the paths
 */
record AuditRules(List<String> watched) {
    private static final String WHY = "who tampers with the engine leaves no trace";

    /**
     * A demand: the path is watched where it exists.
     *
     * @param paths where distributions put it; the first that is there counts
     */
    record Watch(Rule rule, List<String> paths) {}

    /** Asked on demand only: a host without auditd would fail all of them for one cause. */
    static final List<Watch> WATCHES = List.of(
            watch("audit-dockerd", "the daemon is not audited", "/usr/bin/dockerd"),
            watch("audit-run-containerd", "the runtime's state is not audited", "/run/containerd"),
            watch("audit-docker-data", "the engine's data is not audited", "/var/lib/docker"),
            watch("audit-etc-docker", "the engine's configuration folder is not audited", "/etc/docker"),
            watch(
                    "audit-docker-service",
                    "the daemon's unit is not audited",
                    "/usr/lib/systemd/system/docker.service",
                    "/lib/systemd/system/docker.service"),
            watch("audit-containerd-socket", "the runtime's socket is not audited", "/run/containerd/containerd.sock"),
            watch(
                    "audit-docker-socket-unit",
                    "the socket's unit is not audited",
                    "/usr/lib/systemd/system/docker.socket",
                    "/lib/systemd/system/docker.socket"),
            watch("audit-default-docker", "the daemon's defaults are not audited", "/etc/default/docker"),
            watch("audit-daemon-json", "the daemon's configuration is not audited", "/etc/docker/daemon.json"),
            watch(
                    "audit-containerd-config",
                    "the runtime's configuration is not audited",
                    "/etc/containerd/config.toml"),
            watch("audit-sysconfig-docker", "the daemon's defaults are not audited", "/etc/sysconfig/docker"),
            watch("audit-containerd", "the runtime is not audited", "/usr/bin/containerd"),
            watch("audit-containerd-shim", "the runtime's shim is not audited", "/usr/bin/containerd-shim"),
            watch("audit-containerd-shim-v1", "the runtime's shim is not audited", "/usr/bin/containerd-shim-runc-v1"),
            watch("audit-containerd-shim-v2", "the runtime's shim is not audited", "/usr/bin/containerd-shim-runc-v2"),
            watch("audit-runc", "the runtime is not audited", "/usr/bin/runc"));

    private static Watch watch(String id, String title, String... paths) {
        return new Watch(Demand.rule(id, MEDIUM, title, WHY).strict(), List.of(paths));
    }

    static AuditRules read(HostRoot root) {
        List<String> files = new ArrayList<>(List.of("/etc/audit/audit.rules"));
        files.addAll(root.files("/etc/audit/rules.d", name -> name.endsWith(".rules")));
        List<String> watched = new ArrayList<>();
        for (String file : files) {
            root.text(file).stream()
                    .flatMap(String::lines)
                    .forEach(line -> watched(line).ifPresent(watched::add));
        }
        return new AuditRules(watched);
    }

    private static Optional<String> watched(String line) {
        List<String> words = List.of(line.strip().split("\\s+", -1));
        if (line.strip().startsWith("#") || words.stream().anyMatch(word -> word.matches("(.*,)?never(,.*)?"))) {
            return Optional.empty();
        }
        for (int i = 0; i + 1 < words.size(); i++) {
            String next = words.get(i + 1);
            if (words.get(i).equals("-w")) {
                return Optional.of(withoutSlash(next));
            }
            if (words.get(i).equals("-F") && (next.startsWith("path=") || next.startsWith("dir="))) {
                return Optional.of(withoutSlash(next.substring(next.indexOf('=') + 1)));
            }
        }
        return Optional.empty();
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    boolean watches(String path) {
        return watched.stream().anyMatch(each -> path.equals(each) || path.startsWith(each + "/"));
    }
}
