package dev.holdfast.it.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Status;
import dev.holdfast.cli.ProgramRun;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.it.kube.KubeServer.Answer;
import dev.holdfast.policy.export.PolicyExporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code policy export} writes, given to a real API server that then judges the pods of Kubernetes' own tests. */
class ExportedAtTheDoorTest {
    private static final Pattern BETWEEN = Pattern.compile("(?m)^---$");
    private static final Pattern NAME = Pattern.compile("(?m)^(  name: )(.*)$");
    private static final long LONGEST_WAIT = 60_000_000_000L;

    @TempDir
    Path folder;

    /** The files, by the level and version that their folder names. */
    private static Map<String, List<Path>> files() throws Exception {
        Path root = Path.of(System.getProperty("holdfast.shared", "absent"), "oracles/pod-security");
        assumeTrue(Files.isDirectory(root), "the pods of Kubernetes' own tests are not on this machine");
        Map<String, List<Path>> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file : walk.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                Path name = root.relativize(file);
                files.computeIfAbsent(name.getName(0) + ":" + name.getName(1), _ -> new ArrayList<>())
                        .add(file);
            }
        }
        return files;
    }

    private static String namespace(String standards) {
        return standards.replace(':', '-').replace('.', '-');
    }

    private static void apply(KubeServer cluster, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("policy", "export", "--action", "deny"));
        all.addAll(List.of(words));
        ProgramRun exported = ProgramRun.of(all.toArray(new String[0]));
        assertThat(exported.exit()).as(exported.err()).isZero();
        for (String document : BETWEEN.split(exported.text())) {
            if (document.isBlank()) {
                continue;
            }
            String kind = document.contains("PolicyBinding")
                    ? "ValidatingAdmissionPolicyBinding"
                    : "ValidatingAdmissionPolicy";
            Answer created =
                    cluster.create(KubeServer.collection("admissionregistration.k8s.io/v1", kind, ""), document);
            assertThat(created.status()).as(created.message()).isEqualTo(201);
            assertThat(created.warnings()).isEmpty();
        }
    }

    private static Answer ask(KubeServer cluster, String namespace, String pod) throws Exception {
        String named = NAME.matcher(pod)
                .replaceFirst(
                        name -> name.group(1) + name.group(2).replace('_', '-').toLowerCase(java.util.Locale.ROOT));
        return cluster.create("/api/v1/namespaces/" + namespace + "/pods?dryRun=All", named);
    }

    private static void awaitInForce(KubeServer cluster, String namespace) throws Exception {
        String privileged = "{apiVersion: v1, kind: Pod, metadata: {name: probe}, spec: {containers: "
                + "[{name: a, image: 'a:1', securityContext: {privileged: true}}]}}";
        long deadline = System.nanoTime() + LONGEST_WAIT;
        while (cluster.create("/api/v1/namespaces/" + namespace + "/pods?dryRun=All", privileged)
                        .status()
                != 403) {
            assertThat(System.nanoTime()).as("in force in " + namespace).isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    @Test
    void theServerJudgesAsWeDo() throws Exception {
        Map<String, List<Path>> files = files();
        List<String> wrong = new ArrayList<>();
        int judged = 0;
        int malformed = 0;
        try (KubeServer cluster = KubeServer.start(KubePrograms.found(), folder)) {
            for (String standards : files.keySet()) {
                cluster.namespace(namespace(standards));
                apply(cluster, "--pss", standards, "--namespaces", namespace(standards));
            }
            cluster.namespace("checked");
            apply(cluster, "--checks", "high", "--namespaces", "checked");
            for (String standards : files.keySet()) {
                awaitInForce(cluster, namespace(standards));
            }
            awaitInForce(cluster, "checked");
            for (Map.Entry<String, List<Path>> each : files.entrySet()) {
                for (Path file : each.getValue()) {
                    String pod = Files.readString(file);
                    Answer answer = ask(cluster, namespace(each.getKey()), pod);
                    if (answer.status() == 422 && !answer.message().contains("ValidatingAdmissionPolicy")) {
                        malformed++; // object validation speaks first
                        continue;
                    }
                    int wanted = file.toString().contains("/pass/") ? 201 : 403;
                    if (answer.status() != wanted) {
                        wrong.add(file + ": " + answer.status() + " " + answer.message());
                    }
                    Answer checked = ask(cluster, "checked", pod);
                    if (checked.status() != (isUrgent(pod) ? 403 : 201)) {
                        wrong.add(file + " checked: " + checked.status() + " " + checked.message());
                    }
                    judged++;
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(judged).isGreaterThanOrEqualTo(390);
        assertThat(malformed).isLessThanOrEqualTo(4);
    }

    private static boolean isUrgent(String pod) throws Exception {
        return new Checker(Limits.DEFAULT)
                .check(CheckRequest.ofText("pod.yaml", pod)).results().stream()
                        .anyMatch(result -> result.status() == Status.FAIL
                                && result.severity().atLeast(Severity.HIGH)
                                && PolicyExporter.says(result.rule()));
    }
}
