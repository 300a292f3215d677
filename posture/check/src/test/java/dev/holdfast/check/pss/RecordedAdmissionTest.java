package dev.holdfast.check.pss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.holdfast.check.CheckReport;
import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.Checker;
import dev.holdfast.check.Verdict;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Schema;
import dev.holdfast.manifest.tree.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a real kube-apiserver 1.37.2 said about the same pods. */
class RecordedAdmissionTest {
    private final Checker checker = new Checker(Limits.DEFAULT);

    private static Path shared(String name) {
        Path path = Path.of(System.getProperty("holdfast.shared", "absent"), name);
        assumeThat(path).as("the recordings are not on this machine").exists();
        return path;
    }

    private static PodSecurity standards(String level, String version) {
        return new PodSecurity(
                PodSecurityLevel.ofWord(level).orElseThrow(),
                PodSecurityVersion.ofWord(version).orElseThrow());
    }

    @Test
    void admitsAndRefusesTheFilesOfKubernetesOwnTests() throws Exception {
        Path folder = shared("oracles/pod-security");
        List<String> wrong = new ArrayList<>();
        int files = 0;
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file :
                    walk.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                Path name = folder.relativize(file);
                CheckReport report = checker.check(CheckRequest.of(name.toString(), file)
                        .podSecurity(standards(
                                name.getName(0).toString(), name.getName(1).toString())));
                Verdict.Outcome wanted =
                        name.getName(2).toString().equals("pass") ? Verdict.Outcome.PASS : Verdict.Outcome.FAIL;
                if (report.verdict().outcome() != wanted) {
                    wrong.add(name + ": " + report.verdict());
                }
                files++;
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(files).isEqualTo(402);
    }

    @Test
    void saysTheServersWordsAboutTheseFiles() throws Exception {
        Path folder = shared("oracles/pod-security");
        List<String> wrong = new ArrayList<>();
        for (JsonValue entry : Json.parse(
                        Files.readAllBytes(shared("fixtures/kube/pod-security/handed-files.json")), Limits.DEFAULT)
                .elements()) {
            String name = entry.get("file").text().orElseThrow();
            if (!entry.get("refused_by").text().orElse("").equals("pod security")) {
                continue;
            }
            CheckReport report = checker.check(CheckRequest.of(name, folder.resolve(name))
                    .podSecurity(standards(name.split("/")[0], name.split("/")[1])));
            String said = report.verdict().sentence().replaceAll("^pods \"[^\"]*\"", "");
            String wanted = entry.get("message").text().orElseThrow().replaceAll("^pods \"[^\"]*\"", "");
            if (!said.equals(wanted)) {
                wrong.add(name + "\n  " + said + "\n  " + wanted);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<Node> lines(String name) throws Exception {
        List<Node> roots = new ArrayList<>();
        YamlReader reader = new YamlReader(Schema.KUBERNETES, Limits.DEFAULT);
        for (String line : Files.readAllLines(shared(name))) {
            for (Document document : reader.read(line)) {
                roots.add(((Document.Read) document).root());
            }
        }
        return roots;
    }

    private static PodForm pod(Node manifest, boolean isPod) {
        PodForm form = PodForm.of(new KubernetesObject("pod.json", (Node.Mapping) manifest))
                .orElseThrow();
        return new PodForm(form.owner(), form.fieldPath(), form.template(), form.spec(), isPod);
    }

    /** What is refused with 400 or 422 never comes to be asked. */
    @Test
    void saysTheServersWordsAboutPods() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Node line : lines("fixtures/kube/pod-security/pods.jsonl")) {
            PodForm pod = pod(line.get("manifest").orElseThrow(), true);
            for (Node result : line.get("results").orElseThrow().elements()) {
                PodSecurity standards = standards(
                        result.textAt("level").orElseThrow(),
                        result.textAt("version").orElseThrow());
                String code = result.textAt("code").orElseThrow();
                boolean isEnforced = result.textAt("mode").orElse("").equals("enforce");
                List<String> warnings = result.get("warnings").orElseThrow().elements().stream()
                        .map(warning -> warning.textAt().orElse(""))
                        .filter(warning -> warning.contains("violate PodSecurity"))
                        .toList();
                String wanted = isEnforced ? result.textAt("message").orElse("") : String.join("", warnings);
                List<Violation> violations = standards.violations(pod);
                String said = violations.isEmpty()
                        ? ""
                        : standards.sentence(violations).replaceFirst("violates ", "");
                String expected =
                        wanted.replaceFirst("^.*?violates? (?=PodSecurity)", "").replaceFirst("\"$", "");
                boolean isSame = isEnforced
                        ? said.equals(expected)
                        : said.replace("\"", "\\\"").equals(expected);
                boolean isOther = code.equals("400")
                        || code.equals("422")
                        || pod.owner().name().equals("overhead-runtimeclass"); // another plug-in refuses it first
                if (!isOther && !isSame) {
                    wrong.add(pod.owner().name() + " " + standards + "\n  " + said + "\n  " + expected);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void warnsOfWorkloadsInTheServersWords() throws Exception {
        Map<String, Node> pods = new HashMap<>();
        for (Node line : lines("fixtures/kube/pod-security/pods.jsonl")) {
            pods.put(line.textAt("pod").orElseThrow(), line.get("manifest").orElseThrow());
        }
        List<String> wrong = new ArrayList<>();
        Node cases = ((Document.Read) new YamlReader(Schema.KUBERNETES, Limits.DEFAULT)
                        .read(Files.readString(shared("fixtures/kube/pod-security/workloads.json")))
                        .getFirst())
                .root();
        for (Node each : cases.elements()) {
            String level = each.textAt("namespace").orElse("").equals("warn-baseline") ? "baseline" : "restricted";
            PodSecurity standards = standards(level, "latest");
            Node manifest = Optional.ofNullable(pods.get(each.textAt("pod").orElseThrow()))
                    .orElseThrow();
            List<Violation> violations = standards.violations(pod(manifest, false));
            String said = violations.isEmpty()
                    ? ""
                    : "299 - \"would "
                            + standards
                                    .sentence(violations)
                                    .replaceFirst("violates", "violate")
                                    .replace("\"", "\\\"") + "\"";
            List<String> warnings = each.get("warnings").map(Node::elements).orElse(List.of()).stream()
                    .map(warning -> warning.textAt().orElse(""))
                    .filter(warning -> warning.contains("violate PodSecurity"))
                    .toList();
            if (!String.join("", warnings).equals(said)) {
                wrong.add(each.textAt("kind") + " " + each.textAt("pod") + " " + each.textAt("namespace") + "\n  "
                        + said + "\n  " + warnings);
            }
        }
        assertThat(wrong).isEmpty();
    }
}
