package dev.holdfast.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.ProgramRun;
import dev.holdfast.server.admission.Namespaces;
import dev.holdfast.server.admission.Namespaces.Answer;
import dev.holdfast.server.namespaces.NamespaceWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from a running API server: access, and namespaces. */
class LiveClusterAtTheDoorTest {
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";

    @TempDir
    Path folder;

    private String kubeConfig(KubeServer cluster, String user) throws Exception {
        return Files.writeString(folder.resolve("config-" + user.hashCode()), """
                        current-context: test
                        contexts: [{name: test, context: {cluster: test, user: test}}]
                        clusters: [{name: test, cluster: {server: %s, certificate-authority: %c}}]
                        users: [{name: test, user: {%u}}]
                        """.replace("%s", cluster.address())
                        .replace("%c", cluster.certificate().toString())
                        .replace("%u", user))
                .toString();
    }

    @Test
    void asksTheServerItself() throws Exception {
        try (KubeServer cluster = KubeServer.start(KubePrograms.found(), folder)) {
            cluster.namespace("shop");
            for (int i = 0; i < 620; i++) { // more than one page
                cluster.create(
                        RBAC + "namespaces/shop/roles",
                        "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: r" + i
                                + "}, rules: [{apiGroups: [''], resources: [secrets], verbs: [get]}]}");
            }
            cluster.create(
                    RBAC + "namespaces/shop/rolebindings",
                    "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: b}, roleRef: {apiGroup: "
                            + "rbac.authorization.k8s.io, kind: Role, name: r619}, subjects: [{kind: User, name: jane, "
                            + "apiGroup: rbac.authorization.k8s.io}]}");
            String config = kubeConfig(cluster, "token: " + KubeServer.token());
            ProgramRun yes = access(config, "can", "user:jane", "get", "secrets", "cluster:", "-n", "shop");
            assertThat(yes.exit()).as(yes.text() + yes.err()).isZero();
            ProgramRun no = access(config, "can", "user:jane", "delete", "secrets", "cluster:test", "-n", "shop");
            assertThat(no.exit()).as(no.text() + no.err()).isEqualTo(1);
            ProgramRun who = access(config, "who-can", "get", "secrets", "cluster:", "-n", "shop");
            assertThat(who.text()).contains("jane", "system:masters");
            ProgramRun wrong = access(kubeConfig(cluster, "token: wrong"), "who-can", "get", "pods", "cluster:");
            assertThat(wrong.exit()).isEqualTo(3);
            assertThat(wrong.err()).contains("does not take the credentials of the context test");
            ProgramRun anonymous = access(kubeConfig(cluster, ""), "who-can", "get", "pods", "cluster:");
            assertThat(anonymous.exit()).isEqualTo(2);
            assertThat(anonymous.text()).contains("system:anonymous");
            ProgramRun noProof = access(
                    Files.writeString(
                                    folder.resolve("nobody"),
                                    Files.readString(Path.of(config))
                                            .replaceFirst(", certificate-authority: [^}]*", ""))
                            .toString(),
                    "who-can",
                    "get",
                    "pods",
                    "cluster:");
            assertThat(noProof.exit()).isEqualTo(4);
        }
    }

    /** A running cluster is judged as files are: what is weak in it, what cannot be seen, and what the standards say. */
    @Test
    void checksTheClusterItself() throws Exception {
        try (KubeServer cluster = KubeServer.start(KubePrograms.found(), folder)) {
            cluster.namespace("shop");
            cluster.create(
                    "/apis/apps/v1/namespaces/shop/deployments",
                    "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {selector: {matchLabels: {a: b}}, "
                            + "template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: 'a:1', "
                            + "securityContext: {privileged: true}}]}}}}");
            for (int i = 0; i < 510; i++) { // more than one page
                cluster.create(
                        "/api/v1/namespaces/shop/configmaps",
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: c" + i + "}}");
            }
            String config = kubeConfig(cluster, "token: " + KubeServer.token());
            ProgramRun check = ProgramRun.of("check", "cluster:", "--kubeconfig", config, "--format", "json");
            assertThat(check.exit()).as(check.err()).isEqualTo(1);
            assertThat(check.text())
                    .contains("\"kind\": \"cluster\"", "\"privileged-container\"", "Deployment shop/web");
            assertThat(check.text()).doesNotContain("\"code\":");
            ProgramRun standards =
                    ProgramRun.of("check", "--cluster", "--kubeconfig", config, "--pss", "baseline", "--all");
            assertThat(standards.exit()).as(standards.text()).isEqualTo(1);
            assertThat(standards.text()).contains("shop:deployments:web");
            ProgramRun anonymous = ProgramRun.of("check", "cluster:test", "--kubeconfig", kubeConfig(cluster, ""));
            assertThat(anonymous.exit()).as(anonymous.text()).isEqualTo(2);
            assertThat(anonymous.text()).contains("deployments");
            ProgramRun wrong = ProgramRun.of("check", "cluster:none", "--kubeconfig", config);
            assertThat(wrong.exit()).isEqualTo(3);
        }
    }

    /** What the webhook knows of namespaces follows the server: made, labelled, deleted; without a right it says why it knows nothing. */
    @Test
    void followsNamespaces() throws Exception {
        try (KubeServer cluster = KubeServer.start(KubePrograms.found(), folder)) {
            cluster.namespace("shop");
            Path config = Path.of(kubeConfig(cluster, "token: " + KubeServer.token()));
            try (NamespaceWatch watch = NamespaceWatch.by(config, line -> {})) {
                await(() -> watch.find("shop") instanceof Answer.Known);
                cluster.merge("/api/v1/namespaces/shop", "{\"metadata\":{\"labels\":{\"team\":\"payments\"}}}");
                await(() -> watch.find("shop") instanceof Answer.Known(var object)
                        && Namespaces.label(object, "team").equals("payments"));
                cluster.namespace("late");
                assertThat(watch.find("late")).isInstanceOf(Answer.Known.class);
                assertThat(watch.find("never")).isEqualTo(new Answer.Unknown("the namespace never is not known"));
            }
            List<String> told = Collections.synchronizedList(new ArrayList<>());
            try (NamespaceWatch watch = NamespaceWatch.by(Path.of(kubeConfig(cluster, "token: wrong")), told::add)) {
                await(() -> !told.isEmpty());
                assertThat(told.getFirst()).contains("does not give the namespaces: it answers 401");
                assertThat(watch.find("shop")).isInstanceOf(Answer.Unknown.class);
            }
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private static ProgramRun access(String kubeConfig, String command, String... words) {
        List<String> all = new ArrayList<>(List.of("access", command));
        all.addAll(List.of(words));
        all.addAll(List.of("--kubeconfig", kubeConfig));
        return ProgramRun.of(all.toArray(new String[0]));
    }
}
