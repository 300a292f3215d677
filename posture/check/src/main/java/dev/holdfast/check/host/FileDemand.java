package dev.holdfast.check.host;

import static dev.holdfast.core.Severity.HIGH;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;

import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whose a file must be, and what its permission bits may grant at most.
 *
 * @param permissions what is wrong when it grants more than it may
 * @param owner what is wrong when it belongs to others
 * @param folder where the files lie
 * @param isMeant which files of the folder, by name; the folder itself when the name is empty
 * @param allowed the permission bits that may be granted
 * @param group the name of the group that it may belong to beside root's; empty for none
 */
record FileDemand(Rule permissions, Rule owner, String folder, Predicate<String> isMeant, int allowed, String group) {
    private static final String REPLACED =
            "another user of the host reads it, or replaces it and is root on the next start";

    private static final String CERTIFICATES = "/etc/docker/certs.d";
    private static final String MANIFESTS = "/etc/kubernetes/manifests";
    private static final String KUBERNETES = "/etc/kubernetes";
    private static final String PKI = "/etc/kubernetes/pki";

    /** The files of the container engine. */
    static final List<FileDemand> ENGINE = List.of(
            unit("unit-docker-service-perms", "docker.service", "/lib/systemd/system"),
            unit("unit-docker-service-perms", "docker.service", "/usr/lib/systemd/system"),
            unit("unit-docker-service-perms", "docker.service", "/etc/systemd/system"),
            unit("unit-docker-socket-perms", "docker.socket", "/lib/systemd/system"),
            unit("unit-docker-socket-perms", "docker.socket", "/usr/lib/systemd/system"),
            unit("unit-docker-socket-perms", "docker.socket", "/etc/systemd/system"),
            folder("dir-etc-docker-perms", MEDIUM, "/etc/docker", 0755),
            file("daemon-json-perms", MEDIUM, "/etc/docker", "daemon.json", 0644),
            file("etc-default-docker-perms", LOW, "/etc/default", "docker", 0644),
            file("etc-sysconfig-docker-perms", LOW, "/etc/sysconfig", "docker", 0644),
            of("docker-sock-perms", HIGH, "/var/run", "docker.sock"::equals, 0660, "docker"),
            file("containerd-sock-perms", HIGH, "/run/containerd", "containerd.sock", 0660));

    /** The files of a control plane and a node. */
    static final List<FileDemand> KUBERNETES_FILES = List.of(
            file("apiserver-manifest-perms", MEDIUM, MANIFESTS, "kube-apiserver.yaml", 0600),
            file("controller-manager-manifest-perms", MEDIUM, MANIFESTS, "kube-controller-manager.yaml", 0600),
            file("scheduler-manifest-perms", MEDIUM, MANIFESTS, "kube-scheduler.yaml", 0600),
            file("etcd-manifest-perms", MEDIUM, MANIFESTS, "etcd.yaml", 0600),
            of("cni-file-perms", MEDIUM, "/etc/cni/net.d", name -> !name.isEmpty(), 0600, ""),
            folder("etcd-data-dir-perms", HIGH, "/var/lib/etcd", 0700),
            of(
                    "admin-conf-perms",
                    HIGH,
                    KUBERNETES,
                    name -> name.equals("admin.conf") || name.equals("super-admin.conf"),
                    0600,
                    ""),
            file("scheduler-conf-perms", MEDIUM, KUBERNETES, "scheduler.conf", 0600),
            file("controller-manager-conf-perms", MEDIUM, KUBERNETES, "controller-manager.conf", 0600),
            folder("pki-folder-perms", HIGH, PKI, 0755),
            of("pki-cert-perms", MEDIUM, PKI, name -> name.endsWith(".crt"), 0644, ""),
            of("pki-key-perms", HIGH, PKI, name -> name.endsWith(".key"), 0600, ""),
            of("pki-cert-perms", MEDIUM, PKI + "/etcd", name -> name.endsWith(".crt"), 0644, ""),
            of("pki-key-perms", HIGH, PKI + "/etcd", name -> name.endsWith(".key"), 0600, ""),
            unit("kubelet-service-perms", "10-kubeadm.conf", "/etc/systemd/system/kubelet.service.d", 0600),
            unit("kubelet-service-perms", "10-kubeadm.conf", "/usr/lib/systemd/system/kubelet.service.d", 0600),
            file("kubelet-conf-perms", HIGH, KUBERNETES, "kubelet.conf", 0600),
            file("kubelet-config-perms", MEDIUM, "/var/lib/kubelet", "config.yaml", 0600),
            of(
                    "proxy-kubeconfig-perms",
                    MEDIUM,
                    "/var/lib/kube-proxy",
                    name -> name.startsWith("kubeconfig"),
                    0600,
                    ""));

    /** The files that the daemon proves itself by, wherever its settings put them, and the certificates of registries. */
    static List<FileDemand> ofDaemon(EngineSettings settings, HostRoot root) {
        List<FileDemand> demands = new ArrayList<>();
        settings.value("tlscacert").ifPresent(path -> demands.add(at("docker-tls-ca-perms", MEDIUM, path, 0444)));
        settings.value("tlscert").ifPresent(path -> demands.add(at("docker-tls-cert-perms", MEDIUM, path, 0444)));
        settings.value("tlskey").ifPresent(path -> demands.add(at("docker-tls-key-perms", HIGH, path, 0400)));
        for (String registry : root.files(CERTIFICATES, name -> !name.isEmpty())) {
            demands.add(of("registry-certs-perms", MEDIUM, registry, name -> !name.isEmpty(), 0444, ""));
        }
        return demands;
    }

    /** The certificate by which a kubelet knows its clients. */
    static FileDemand ofAuthority(String path) {
        return at("kubelet-ca-perms", MEDIUM, path, 0644);
    }

    private static FileDemand at(String id, Severity severity, String path, int allowed) {
        int slash = path.lastIndexOf('/');
        return file(id, severity, path.substring(0, Math.max(0, slash)), path.substring(slash + 1), allowed);
    }

    /** One for each kind of file. */
    static List<FileDemand> all() {
        List<FileDemand> all = new ArrayList<>(ENGINE);
        all.addAll(KUBERNETES_FILES);
        all.addAll(List.of(
                at("docker-tls-ca-perms", MEDIUM, "/ca", 0444),
                at("docker-tls-cert-perms", MEDIUM, "/cert", 0444),
                at("docker-tls-key-perms", HIGH, "/key", 0400),
                at("registry-certs-perms", MEDIUM, CERTIFICATES + "/a", 0444),
                ofAuthority("/ca")));
        return all;
    }

    private static FileDemand unit(String id, String name, String folder) {
        return unit(id, name, folder, 0644);
    }

    private static FileDemand unit(String id, String name, String folder, int allowed) {
        return file(id, MEDIUM, folder, name, allowed);
    }

    private static FileDemand file(String id, Severity severity, String folder, String name, int allowed) {
        return of(id, severity, folder, name::equals, allowed, "");
    }

    private static FileDemand folder(String id, Severity severity, String folder, int allowed) {
        return of(id, severity, folder, String::isEmpty, allowed, "");
    }

    private static FileDemand of(
            String id, Severity severity, String folder, Predicate<String> isMeant, int allowed, String group) {
        return new FileDemand(
                Demand.rule(id, severity, "a file is open to others", REPLACED),
                Demand.rule(id.replaceFirst("-perms$", "") + "-owner", severity, "a file belongs to others", REPLACED),
                folder,
                isMeant,
                allowed,
                group);
    }

    /** Whether the folder itself is meant, not files in it. */
    boolean isFolder() {
        return isMeant.test("");
    }
}
