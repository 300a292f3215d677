package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.check.ObjectChecker;
import dev.holdfast.check.Result;
import dev.holdfast.check.Status;
import dev.holdfast.check.pss.PodSecurity;
import dev.holdfast.check.pss.PodSecurityLevel;
import dev.holdfast.check.pss.PodSecurityVersion;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import dev.holdfast.policy.Arbiter;
import dev.holdfast.policy.Ruling;
import dev.holdfast.policy.Ruling.Outcome;
import dev.holdfast.policy.cel.function.kubernetes.Authorizer.Access;
import dev.holdfast.policy.definition.PolicyReader;
import dev.holdfast.policy.definition.PolicySet;
import dev.holdfast.policy.export.ExportRequest;
import dev.holdfast.policy.export.ExportRequest.Mode;
import dev.holdfast.policy.export.ExportRequest.Scope;
import dev.holdfast.policy.export.ExportRequest.Standards;
import dev.holdfast.policy.export.PolicyExporter;
import dev.holdfast.policy.request.ObjectValues;
import dev.holdfast.policy.request.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is exported gives the verdicts of our own judges: over the pods of Kubernetes' own tests, those of a recording, and ours. */
class ExportedPoliciesTest {
    private static final List<String> ABOUT_PATHS =
            List.of("host-path-volume", "sensitive-host-path", "runtime-socket-mounted");

    private final Map<String, Arbiter> arbiters = new HashMap<>();

    private static Path shared(String name) {
        Path path = Path.of(System.getProperty("holdfast.shared", "absent"), name);
        assumeTrue(Files.exists(path), "the recordings are not on this machine");
        return path;
    }

    private static Arbiter arbiter(Optional<Standards> standards, Optional<Severity> checks) {
        try {
            String yaml = PolicyExporter.export(new ExportRequest(
                    List.of(new Scope(List.of(), Optional.of(Mode.ENFORCE), standards, checks)),
                    List.of("kube-system")));
            PolicySet policies = PolicyReader.read(yaml, "exported.yaml", Limits.DEFAULT);
            assertThat(policies.refusals()).isEmpty();
            assertThat(policies.policies()).hasSize(1);
            return new Arbiter(policies);
        } catch (dev.holdfast.core.InputException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static List<Ruling> broken(Arbiter arbiter, Node object) {
        List<Ruling> rulings = arbiter.decide(request(object)).rulings();
        assertThat(rulings).as("something was asked").isNotEmpty();
        return rulings.stream()
                .filter(ruling -> ruling.outcome() != Outcome.PASS)
                .toList();
    }

    private static Request request(Node object) {
        String kind = object.textAt("kind").orElseThrow();
        String apiVersion = object.textAt("apiVersion").orElseThrow();
        String group = apiVersion.contains("/") ? apiVersion.split("/")[0] : "";
        return new Request(
                Request.Operation.CREATE,
                new Request.Resource(group, "v1", kind.toLowerCase(java.util.Locale.ROOT) + "s"),
                new Request.Kind(group, "v1", kind),
                "",
                "web",
                "shop",
                new Request.User("someone", "", List.of(), Map.of()),
                false,
                ObjectValues.object(object),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Access.NONE);
    }

    private static List<Node> read(String text) {
        List<Node> roots = new ArrayList<>();
        for (Document document : new YamlReader(Schema.KUBERNETES, Limits.DEFAULT).read(text)) {
            roots.add(((Document.Read) document).root());
        }
        return roots;
    }

    private static PodForm pod(Node object) {
        return PodForm.of(new KubernetesObject("pod", (Node.Mapping) object)).orElseThrow();
    }

    /** Every pod that was handed to us or recorded, by a name. */
    private static Map<String, Node> pods() throws Exception {
        Map<String, Node> pods = new LinkedHashMap<>();
        Path folder = shared("oracles/pod-security");
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                pods.put(
                        folder.relativize(file).toString(),
                        read(Files.readString(file)).getFirst());
            }
        }
        for (String line : Files.readAllLines(shared("fixtures/kube/pod-security/pods.jsonl"))) {
            Node recorded = read(line).getFirst();
            pods.put(
                    recorded.textAt("pod").orElseThrow(),
                    recorded.get("manifest").orElseThrow());
        }
        return pods;
    }

    private static PodSecurity standards(String level, String version) {
        return new PodSecurity(
                PodSecurityLevel.ofWord(level).orElseThrow(),
                PodSecurityVersion.ofWord(version).orElseThrow());
    }

    private Arbiter arbiter(String level, String version) {
        return arbiters.computeIfAbsent(level + version, key -> {
            Optional<Integer> minor =
                    version.equals("latest") ? Optional.empty() : Optional.of(Integer.parseInt(version.substring(3)));
            return arbiter(Optional.of(new Standards(level.equals("restricted"), minor)), Optional.empty());
        });
    }

    @Test
    void theStandardsGiveTheSameVerdictsAtEveryLevelAndVersion() throws Exception {
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (Map.Entry<String, Node> each : pods().entrySet()) {
            for (String level : List.of("baseline", "restricted")) {
                for (String version : List.of(
                        "v1.0", "v1.8", "v1.18", "v1.19", "v1.22", "v1.23", "v1.25", "v1.27", "v1.29", "v1.31", "v1.32",
                        "v1.34", "v1.35", "v1.37", "latest")) {
                    boolean isRefused = !standards(level, version)
                            .violations(pod(each.getValue()))
                            .isEmpty();
                    List<Ruling> broken = broken(arbiter(level, version), each.getValue());
                    boolean isFault = broken.stream().anyMatch(ruling -> ruling.outcome() == Outcome.ERROR);
                    if (isFault || isRefused == broken.isEmpty()) {
                        wrong.add(each.getKey() + " " + level + " " + version + ": ours " + isRefused + ", exported "
                                + broken.stream().map(Ruling::message).toList());
                    }
                    asked++;
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThanOrEqualTo(498 * 30);
    }

    /** Of a pod with a broken rule the same rules are broken; for paths of the node one clause stands for three rules. */
    private static void sameAsChecks(Map<String, Node> objects) {
        ObjectChecker checker = new ObjectChecker(Limits.DEFAULT);
        Map<Severity, Arbiter> arbiters = new HashMap<>();
        for (Severity severity : List.of(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM)) {
            arbiters.put(severity, arbiter(Optional.empty(), Optional.of(severity)));
        }
        List<String> wrong = new ArrayList<>();
        objects.forEach((name, object) -> {
            List<Result> results = checker.check((Node.Mapping) object, "web");
            arbiters.forEach((threshold, arbiter) -> {
                TreeSet<String> ours = new TreeSet<>();
                for (Result result : results) {
                    boolean isOver =
                            result.status() == Status.FAIL && result.severity().atLeast(threshold);
                    if (isOver && PolicyExporter.says(result.rule())) {
                        ours.add(ABOUT_PATHS.contains(result.rule()) ? "paths" : result.rule());
                    }
                }
                TreeSet<String> exported = new TreeSet<>();
                for (Ruling ruling : broken(arbiter, object)) {
                    String rule = ruling.outcome() == Outcome.ERROR
                            ? ruling.message()
                            : ruling.message().split(":")[0];
                    exported.add(ABOUT_PATHS.contains(rule) ? "paths" : rule);
                }
                if (!ours.equals(exported)) {
                    wrong.add(name + " from " + threshold.word() + ": ours " + ours + ", exported " + exported);
                }
            });
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void theChecksGiveTheSameFindings() throws Exception {
        Map<String, Node> pods = pods();
        pods.values()
                .removeIf(pod -> pod(pod).containers().stream()
                        .allMatch(container -> container.node().get("image").isEmpty()));
        pods.values()
                .removeIf(pod ->
                        pod.at("spec", "hostNetwork").filter(Node::isTrue).isPresent()
                                && pod.toString().contains("hostPort")); // ports that the server fills in
        sameAsChecks(pods);
    }

    @Test
    void theChecksGiveTheSameFindingsForWhatIsOnlyHere() {
        Map<String, Node> objects = new LinkedHashMap<>();
        String spec = """
                containers:
                - {name: a, image: web@sha512:00, volumeMounts: [{name: v, mountPath: /v, readOnly: READ_ONLY}]}
                - {name: b, image: "registry:5000/web:latest", securityContext: {privileged: true}}
                - {name: c, image: registry:5000/web, securityContext: {runAsUser: 0, capabilities: {add: [net_admin], drop: [all]}}}
                volumes: [{name: v, hostPath: {path: PATH}}]
                """;
        for (String path : List.of(
                "/",
                "/etc/",
                "//etc",
                "/etc/localtime",
                "/etc/ssl/certs/ca",
                "/var/run/docker.sock",
                "/run//crio/crio.sock/",
                "/data",
                "/var/lib/kubelet",
                "/var/lib/kubelet/pods",
                "/lib/modules")) {
            for (String readOnly : List.of("true", "false")) {
                String pod = spec.replace("PATH", path).replace("READ_ONLY", readOnly);
                objects.put(
                        path + " " + readOnly,
                        read("apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n" + pod.indent(2))
                                .getFirst());
                objects.put(
                        path + " " + readOnly + " of a CronJob",
                        read("apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: web}\nspec:\n  schedule: '0 3 * * *'\n"
                                        + "  jobTemplate:\n    spec:\n      template:\n        spec:\n"
                                        + pod.indent(10))
                                .getFirst());
            }
        }
        sameAsChecks(objects);
    }
}
