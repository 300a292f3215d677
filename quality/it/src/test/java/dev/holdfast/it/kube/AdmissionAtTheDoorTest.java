package dev.holdfast.it.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Status;
import dev.holdfast.check.Verdict;
import dev.holdfast.check.pss.PodSecurity;
import dev.holdfast.check.pss.PodSecurityLevel;
import dev.holdfast.check.pss.PodSecurityVersion;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.it.kube.KubeServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admission webhook, installed by our own manifests, before a real API server: who gets in, who does not, and that nobody is locked out. */
class AdmissionAtTheDoorTest {
    private static final String HARMLESS = """
            securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
            automountServiceAccountToken: false
            containers:
            - name: app
              image: registry.example/shop/web@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
              securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
              resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {memory: 32Mi}}
            """;
    private static final String HARMFUL = "hostPID: true\n" + HARMLESS;
    private static final long LONGEST_WAIT = 30_000_000_000L;

    @TempDir
    static Path folder;

    private static KubeServer cluster;
    private static InstalledWebhook webhook;

    @BeforeAll
    static void installs() throws Exception {
        KubePrograms programs = KubePrograms.found();
        assumeTrue(mayListenOn443(), "the webhook listens on port 443, which this user may not");
        cluster = KubeServer.start(programs, folder);
        for (String namespace : List.of("enforced", "audited", "usual", "kube-system")) {
            cluster.namespace(namespace);
        }
        webhook = InstalledWebhook.install(cluster, folder);
        cluster.serviceAccount("holdfast");
        await(() -> pod("enforced", "probe", HARMFUL, "?dryRun=All").status() == 403);
    }

    @AfterAll
    static void stops() throws Exception {
        if (webhook != null) {
            webhook.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    private static boolean mayListenOn443() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.10.255.254", 443));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private interface Question {
        boolean isAnswered() throws Exception;
    }

    /** The API server takes changes of webhooks within a second or two. */
    private static void await(Question question) throws Exception {
        long deadline = System.nanoTime() + LONGEST_WAIT;
        while (!question.isAnswered()) {
            assertThat(System.nanoTime()).as("the API server takes the change").isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    private static String podYaml(String name, String spec) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name + "}\nspec:\n" + spec.indent(2);
    }

    private static Answer pod(String namespace, String name, String spec, String query, String... as) throws Exception {
        return cluster.create("/api/v1/namespaces/" + namespace + "/pods" + query, podYaml(name, spec), as);
    }

    private static String workload(String kind, String spec) {
        String labels = "labels: {app: web}";
        String template = "template:\n  metadata: {" + labels + "}\n  spec:\n" + spec.indent(4);
        String selector = "selector: {matchLabels: {app: web}}\n";
        return switch (kind) {
            case "Pod" -> podYaml("web", spec);
            case "ReplicationController" -> head("v1", kind) + ("selector: {app: web}\n" + template).indent(2);
            case "StatefulSet" -> head("apps/v1", kind) + ("serviceName: web\n" + selector + template).indent(2);
            case "Job" ->
                head("batch/v1", kind)
                        + template.replace("\n  spec:\n", "\n  spec:\n    restartPolicy: Never\n")
                                .indent(2);
            case "CronJob" ->
                head("batch/v1", kind)
                        + ("schedule: '0 3 * * *'\njobTemplate:\n  spec:\n"
                                        + template.replace("\n  spec:\n", "\n  spec:\n    restartPolicy: Never\n")
                                                .indent(4))
                                .indent(2);
            default -> head("apps/v1", kind) + (selector + template).indent(2);
        };
    }

    private static String head(String apiVersion, String kind) {
        return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: web}\nspec:\n";
    }

    private static Answer create(String namespace, String kind, String spec) throws Exception {
        String yaml = workload(kind, spec);
        String apiVersion = yaml.substring("apiVersion: ".length(), yaml.indexOf('\n'));
        return cluster.create(KubeServer.collection(apiVersion, kind, namespace) + "?dryRun=All", yaml);
    }

    /** What {@code check} says about the same text: whether a finding is as urgent as the settings ask, or the standards refuse the pod. */
    private static boolean isRefusedByCheck(String kind, String spec) throws Exception {
        String yaml = workload(kind, spec);
        Checker checker = new Checker(Limits.DEFAULT);
        CheckReport report = checker.check(CheckRequest.ofText("web.yaml", yaml));
        boolean isUrgent = report.results().stream()
                .anyMatch(result ->
                        result.status() == Status.FAIL && result.severity().atLeast(Severity.HIGH));
        CheckReport standards = checker.check(CheckRequest.ofText("web.yaml", yaml)
                .podSecurity(new PodSecurity(PodSecurityLevel.RESTRICTED, PodSecurityVersion.LATEST)));
        return isUrgent || kind.equals("Pod") && standards.verdict().outcome() == Verdict.Outcome.FAIL;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Pod",
                "Deployment",
                "DaemonSet",
                "StatefulSet",
                "ReplicaSet",
                "ReplicationController",
                "Job",
                "CronJob"
            })
    void admitsAndRefusesEachKindAsCheckDoes(String kind) throws Exception {
        Answer harmless = create("enforced", kind, HARMLESS);
        assertThat(harmless.status()).as(harmless.message()).isEqualTo(201);
        assertThat(isRefusedByCheck(kind, HARMLESS)).isFalse();
        Answer harmful = create("enforced", kind, HARMFUL);
        assertThat(isRefusedByCheck(kind, HARMFUL)).isTrue();
        assertThat(harmful.status()).isEqualTo(403);
        assertThat(harmful.message()).startsWith("admission webhook \"admission.holdfast.dev\" denied the request: ");
        Answer warned = create("usual", kind, HARMFUL);
        assertThat(warned.status()).as(warned.message()).isEqualTo(201);
        assertThat(warned.warnings()).anyMatch(warning -> warning.contains("host namespaces"));
    }

    @Test
    void saysTheWordsOfPodSecurity() throws Exception {
        assertThat(pod("enforced", "web", HARMFUL, "?dryRun=All").message())
                .contains("violates PodSecurity \"restricted:latest\": host namespaces (hostPID=true)");
    }

    @Test
    void leavesItsFindingsInTheAuditLog() throws Exception {
        Answer audited = pod("audited", "noted", HARMFUL, "");
        assertThat(audited.status()).as(audited.message()).isEqualTo(201);
        assertThat(audited.warnings()).isEmpty();
        await(() -> cluster.auditLog().stream()
                .anyMatch(line -> line.contains("\"name\":\"noted\"")
                        && line.contains("\"admission.holdfast.dev/mode\":\"audit\"")
                        && line.contains("\"admission.holdfast.dev/pod-security-violations\":\"violates PodSecurity")));
    }

    @Test
    void aDryRunIsJudgedAndNotKept() throws Exception {
        assertThat(pod("enforced", "dry", HARMFUL, "?dryRun=All").status()).isEqualTo(403);
        assertThat(pod("enforced", "dry", HARMLESS, "?dryRun=All").status()).isEqualTo(201);
        assertThat(cluster.get("/api/v1/namespaces/enforced/pods/dry").status()).isEqualTo(404);
    }

    @Test
    void anEphemeralContainerIsJudgedToo() throws Exception {
        assertThat(pod("enforced", "debugged", HARMLESS, "").status()).isEqualTo(201);
        String path = "/api/v1/namespaces/enforced/pods/debugged/ephemeralcontainers";
        String patch = "{\"spec\":{\"ephemeralContainers\":[{\"name\":\"debug\",\"image\":\"registry.example/debug:1\","
                + "\"securityContext\":{\"privileged\":true}}]}}";
        Answer answer = cluster.send("PATCH", path, "application/strategic-merge-patch+json", patch);
        assertThat(answer.status()).as(answer.message()).isEqualTo(403);
        assertThat(answer.message()).contains("privileged");
    }

    @Test
    void whatWasThereBeforeMayBeLabelled() throws Exception {
        assertThat(pod("usual", "old", HARMFUL, "").status()).isEqualTo(201);
        Answer labelled =
                cluster.merge("/api/v1/namespaces/usual/pods/old", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        assertThat(labelled.status()).isEqualTo(200);
        assertThat(labelled.warnings()).isEmpty();
    }

    /** Its own manifests hold a Deployment: the pod that the controllers would make of it, asked for as they ask. */
    @Test
    void itsOwnPodMeetsRestricted() throws Exception {
        Answer pod = ownPod();
        assertThat(pod.status()).as(pod.message()).isEqualTo(201);
        assertThat(pod.warnings()).isEmpty();
    }

    private static Answer ownPod() throws Exception {
        JsonValue deployment = cluster.get("/apis/apps/v1/namespaces/holdfast/deployments/holdfast")
                .body();
        String spec = JsonText.of(deployment.at("spec", "template", "spec"));
        return cluster.create(
                "/api/v1/namespaces/holdfast/pods",
                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"generateName\":\"holdfast-\"},\"spec\":" + spec
                        + "}",
                "system:serviceaccount:kube-system:replicaset-controller",
                "system:serviceaccounts",
                "system:authenticated");
    }

    /** What a cluster needs to stay alive, and we need to come back. */
    private static void nobodyIsLockedOut() throws Exception {
        String node = "n" + System.nanoTime();
        String[] kubelet = {"system:node:" + node, "system:nodes", "system:authenticated"};
        isDone(cluster.create(
                "/api/v1/nodes", "{apiVersion: v1, kind: Node, metadata: {name: " + node + "}}", kubelet));
        isDone(cluster.merge(
                "/api/v1/nodes/" + node + "/status",
                "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}",
                kubelet));
        String leases = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
        isDone(cluster.create(
                leases,
                "{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: " + node
                        + "}, spec: {holderIdentity: " + node + "}}",
                kubelet));
        isDone(cluster.merge(leases + "/" + node, "{\"spec\":{\"leaseDurationSeconds\":40}}", kubelet));
        isDone(ownPod());
        isDone(cluster.merge(
                "/api/v1/namespaces/holdfast", "{\"metadata\":{\"labels\":{\"touched\":\"" + node + "\"}}}"));
        Answer system = pod("kube-system", "dns-" + node, HARMFUL, "");
        isDone(system);
    }

    private static void isDone(Answer answer) {
        assertThat(answer.status()).as(answer.message()).isBetween(200, 201);
    }

    @Test
    void aWebhookThatIsAwayLocksNobodyOut() throws Exception {
        webhook.stop();
        try {
            Answer open = pod("enforced", "open", HARMFUL, "?dryRun=All");
            assertThat(open.status())
                    .as("failurePolicy Ignore, as installed: %s", open.message())
                    .isEqualTo(201);
            nobodyIsLockedOut();
            webhook.failurePolicy("Fail");
            await(() -> pod("enforced", "shut", HARMLESS, "?dryRun=All").status() == 500);
            assertThat(pod("enforced", "shut", HARMLESS, "?dryRun=All").message())
                    .contains("failed calling webhook \"admission.holdfast.dev\"");
            nobodyIsLockedOut();
        } finally {
            webhook.failurePolicy("Ignore");
            webhook.start();
        }
        await(() -> pod("enforced", "again", HARMFUL, "?dryRun=All").status() == 403);
    }

    /** One that answers nonsense in plain text, where TLS is expected; and one that takes connections and says nothing. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBrokenWebhookLocksNobodyOut(boolean answers) throws Exception {
        webhook.stop();
        AtomicInteger asked = new AtomicInteger();
        try (AutoCloseable _ = broken(answers, asked)) {
            webhook.failurePolicy("Fail");
            await(() -> pod("enforced", "shut", HARMLESS, "?dryRun=All").status() == 500);
            nobodyIsLockedOut();
            isDone(cluster.send(
                    "PATCH",
                    InstalledWebhook.CONFIGURATION + "/holdfast",
                    "application/json-patch+json",
                    "[{\"op\":\"replace\",\"path\":\"/webhooks/0/failurePolicy\",\"value\":\"Ignore\"}]"));
            await(() -> pod("enforced", "open", HARMFUL, "?dryRun=All").status() == 201);
        } finally {
            webhook.failurePolicy("Ignore");
            webhook.start();
        }
        await(() -> pod("enforced", "again", HARMFUL, "?dryRun=All").status() == 403);
    }

    private static AutoCloseable broken(boolean answers, AtomicInteger asked) throws IOException {
        if (!answers) {
            ServerSocket silent = new ServerSocket();
            silent.bind(new InetSocketAddress(InetAddress.getByName(webhook.address()), 443));
            return silent;
        }
        HttpServer plain = HttpServer.create(new InetSocketAddress(webhook.address(), 443), 0);
        plain.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] nonsense = "nonsense".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, nonsense.length);
            exchange.getResponseBody().write(nonsense);
            exchange.close();
        });
        plain.start();
        return () -> plain.stop(0);
    }

    /** Under {@code Fail} an answer that is missing would show: nobody is let in or kept out wrongly while authority and certificate change. */
    @Test
    void aNewCertificateLosesNoDecision() throws Exception {
        webhook.failurePolicy("Fail");
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger decided = new AtomicInteger();
        List<String> wrong = new java.util.concurrent.CopyOnWriteArrayList<>();
        Thread asking = Thread.ofVirtual().start(() -> {
            while (!isOver.get()) {
                try {
                    Answer in = pod("enforced", "rotated", HARMLESS, "?dryRun=All");
                    Answer out = pod("enforced", "rotated", HARMFUL, "?dryRun=All");
                    if (in.status() != 201 || out.status() != 403) {
                        wrong.add(in.status() + " " + in.message() + " / " + out.status() + " " + out.message());
                    }
                    decided.addAndGet(2);
                } catch (Exception failed) {
                    wrong.add(failed.toString());
                }
            }
        });
        try {
            for (int round = 0; round < 2; round++) {
                webhook.replaceCertificate();
                Thread.sleep(2_500); // the server looks once a second, the API server as fast
            }
        } finally {
            isOver.set(true);
            asking.join();
            webhook.failurePolicy("Ignore");
        }
        assertThat(wrong).isEmpty();
        assertThat(decided.get()).isPositive();
    }
}
