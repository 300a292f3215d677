package dev.holdfast.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
    @TempDir
    Path root;

    @BeforeEach
    void aHostHasAccounts() throws Exception {
        write("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
        write("etc/group", "root:x:0:\ndocker:x:999:\n");
    }

    private Path write(String path, String text) throws Exception {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return file;
    }

    private CheckReport check() throws Exception {
        return new Checker(Limits.DEFAULT).check(CheckRequest.of("root", root).profile(Rule.Profile.STRICT));
    }

    private static List<Result> of(CheckReport report, String rule) {
        return report.results().stream()
                .filter(each -> each.rule().equals(rule))
                .toList();
    }

    private static Result only(CheckReport report, String rule) {
        assertThat(of(report, rule)).as(rule).hasSize(1);
        return of(report, rule).getFirst();
    }

    @Test
    void judgesTheDaemonByItsFile() throws Exception {
        write("etc/docker/daemon.json", """
                {
                  "hosts": ["unix:///run/docker.sock", "tcp://0.0.0.0:2375"],
                  "icc": true,
                  "live-restore": true,
                  "userns-remap": "default",
                  "insecure-registries": ["registry.lan:5000"]
                }
                """);
        CheckReport report = check();
        assertThat(report.kind()).isEqualTo("host");
        Result open = only(report, "tcp-socket-tls");
        assertThat(open.status()).isEqualTo(Status.FAIL);
        assertThat(open.message()).startsWith("it listens on tcp://0.0.0.0:2375 and tlsverify is not true");
        assertThat(open.path()).isEqualTo("/etc/docker/daemon.json");
        assertThat(open.place().line()).isEqualTo(2);
        assertThat(only(report, "icc-off").message()).startsWith("icc is true");
        assertThat(only(report, "icc-off").place().line()).isEqualTo(3);
        assertThat(only(report, "live-restore").status()).isEqualTo(Status.PASS);
        assertThat(only(report, "userns-remap").status()).isEqualTo(Status.PASS);
        assertThat(only(report, "no-insecure-registry").message()).contains("registry.lan:5000");
        assertThat(only(report, "userland-proxy-off").message())
                .startsWith("userland-proxy is not set, which means true");
        assertThat(only(report, "partition-for-docker-root").status()).isEqualTo(Status.NOT_ASSESSED);
    }

    @Test
    void readsTheOptionsOfTheUnitThatCounts() throws Exception {
        write("etc/docker/daemon.json", "{}");
        write("lib/systemd/system/docker.service", "[Service]\nExecStart=/usr/bin/dockerd -H fd://\n");
        write(
                "etc/systemd/system/docker.service.d/tcp.conf",
                "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd -H tcp://0.0.0.0:2376 --tlsverify \\\n  --tlscacert=/a --tlscert=/b --tlskey=/c --icc=false\n");
        CheckReport report = check();
        assertThat(only(report, "tcp-socket-tls").status()).isEqualTo(Status.PASS);
        assertThat(only(report, "icc-off").status()).isEqualTo(Status.PASS);
    }

    @Test
    void judgesTheApiServerByTheWordsOfItsPod() throws Exception {
        write("etc/kubernetes/manifests/kube-apiserver.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: kube-apiserver, namespace: kube-system}
                spec:
                  containers:
                  - name: kube-apiserver
                    command:
                    - kube-apiserver
                    - --authorization-mode=AlwaysAllow,RBAC
                    - --anonymous-auth=false
                    - --enable-admission-plugins=NodeRestriction
                    - --encryption-provider-config=/etc/kubernetes/enc.yaml
                    - --audit-log-path=/var/log/audit.log
                    - --audit-log-maxage=30
                    - --audit-log-maxbackup=10
                    - --audit-log-maxsize=50
                """);
        write("etc/kubernetes/enc.yaml", """
                kind: EncryptionConfiguration
                resources:
                - resources: [secrets]
                  providers:
                  - identity: {}
                  - aesgcm: {keys: []}
                """);
        CheckReport report = check();
        Result all = only(report, "apiserver-authz-not-always-allow");
        assertThat(all.message()).startsWith("--authorization-mode holds AlwaysAllow");
        assertThat(all.place().line()).isEqualTo(9);
        assertThat(only(report, "apiserver-anonymous-auth").status()).isEqualTo(Status.PASS);
        assertThat(only(report, "apiserver-node-restriction").status()).isEqualTo(Status.PASS);
        assertThat(only(report, "apiserver-authz-node").status()).isEqualTo(Status.FAIL);
        assertThat(only(report, "apiserver-audit-log-maxsize").message()).startsWith("--audit-log-maxsize is 50");
        assertThat(only(report, "apiserver-encryption-provider").message())
                .startsWith("The first provider is identity, so new secrets are stored in clear text.");
        assertThat(only(report, "apiserver-etcd-tls").message())
                .startsWith("--etcd-certfile and --etcd-keyfile are not set");
        assertThat(of(report, "etcd-cert-key")).as("no etcd runs here").isEmpty();
    }

    @Test
    void judgesTheKubeletByItsFileAndDefaults() throws Exception {
        write("var/lib/kubelet/config.yaml", """
                apiVersion: kubelet.config.k8s.io/v1beta1
                kind: KubeletConfiguration
                authentication:
                  anonymous:
                    enabled: true
                authorization: {mode: Webhook}
                readOnlyPort: 0
                """);
        CheckReport report = check();
        assertThat(only(report, "kubelet-anonymous-auth").place().line()).isEqualTo(5);
        assertThat(only(report, "kubelet-authz-webhook").status()).isEqualTo(Status.PASS);
        assertThat(only(report, "kubelet-read-only-port").status()).isEqualTo(Status.PASS);
        assertThat(only(report, "kubelet-client-ca").status()).isEqualTo(Status.FAIL);
        assertThat(only(report, "kubelet-pod-pids-limit").message()).startsWith("podPidsLimit is not set");
    }

    @Test
    void looksAtPermissionsOfWhatIsThereOnly() throws Exception {
        Path key = write("etc/kubernetes/pki/apiserver.key", "key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Path conf = write("etc/kubernetes/admin.conf", "conf");
        Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-------"));
        CheckReport report = check();
        assertThat(only(report, "pki-key-perms").message())
                .contains("/etc/kubernetes/pki/apiserver.key", "has the permissions 644, more than 600");
        assertThat(only(report, "admin-conf-perms").status()).isEqualTo(Status.PASS);
        assertThat(of(report, "scheduler-conf-perms")).isEmpty();
    }

    @Test
    void followsLinksInsideOfTheRootOnly() throws Exception {
        write("opt/daemon.json", "{\"icc\": false}");
        Files.createDirectories(root.resolve("etc/docker"));
        Files.createSymbolicLink(root.resolve("etc/docker/daemon.json"), Path.of("/opt/daemon.json"));
        assertThat(only(check(), "icc-off").status()).isEqualTo(Status.PASS);
    }

    @Test
    void survivesLinksThatGoRoundInCircles() throws Exception {
        Files.createDirectories(root.resolve("etc/docker"));
        Files.createSymbolicLink(root.resolve("etc/docker/daemon.json"), Path.of("/etc/docker/daemon.json"));
        assertThat(only(check(), "icc-off").status()).isEqualTo(Status.FAIL);
    }

    @Test
    void tellsABrokenDaemonFileAndClaimsNothingOfIt() throws Exception {
        write("etc/docker/daemon.json", "{\n  \"icc\": [\n}");
        CheckReport report = check();
        assertThat(of(report, "icc-off")).isEmpty();
        assertThat(report.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.subject()).isEqualTo("/etc/docker/daemon.json:3"));
        assertThat(report.verdict().outcome()).isNotEqualTo(Verdict.Outcome.PASS);
    }

    @Test
    void namesWhatNobodyAudits() throws Exception {
        write("etc/docker/daemon.json", "{}");
        write("usr/bin/dockerd", "");
        write("usr/bin/runc", "");
        write(
                "etc/audit/rules.d/docker.rules",
                "-w /usr/bin/dockerd -k docker\n-a always,exit -F dir=/etc/docker -F perm=wa\n");
        CheckReport report = check();
        assertThat(only(report, "audit-dockerd").status()).isEqualTo(Status.PASS);
        assertThat(only(report, "audit-etc-docker").status()).isEqualTo(Status.PASS);
        assertThat(only(report, "audit-daemon-json").status())
                .as("it lies in a watched folder")
                .isEqualTo(Status.PASS);
        assertThat(only(report, "audit-sysconfig-docker").status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(only(report, "audit-runc").message()).startsWith("no audit rule watches /usr/bin/runc");
    }

    @Test
    void refusesAHostThatIsNotThere() {
        assertThatThrownBy(() ->
                        new Checker(Limits.DEFAULT).check(CheckRequest.ofHost("host:nowhere", root.resolve("nowhere"))))
                .isInstanceOf(InputException.class)
                .hasMessage("host:nowhere: no such folder");
    }
}
