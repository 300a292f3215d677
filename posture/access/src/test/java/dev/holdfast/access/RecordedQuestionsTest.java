package dev.holdfast.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.access.rbac.Cluster;
import dev.holdfast.access.rbac.ClusterReader;
import dev.holdfast.access.rbac.Requester;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.kube.given.GivenObjects;
import dev.holdfast.kube.given.LiveObjects;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions as people write them, beside what {@code kubectl auth can-i} said to the same ones. */
class RecordedQuestionsTest {
    /**
     * Differences that we keep: kubectl asks the server for the types it has, finds no {@code uids}, and then asks about a resource that is
     * named {@code uids.authentication.k8s.io}. The server's own answer to the question that was meant is yes.
     */
    private static final List<String> KEPT = List.of("impersonate uids.authentication.k8s.io/bot");

    @TempDir
    Path folder;

    @Test
    void answersAsKubectlDoes() throws IOException, InputException {
        String shared = System.getProperty("holdfast.shared", "");
        Path recorded = Path.of(shared, "fixtures/kube/rbac");
        assumeTrue(
                !shared.isEmpty() && Files.isDirectory(recorded),
                "the recorded answers are not at hand (-Dholdfast.shared)");
        Map<String, Cluster> clusters = new HashMap<>();
        List<String> differences = new ArrayList<>();
        int questions = 0;
        for (JsonValue each : Json.parse(Files.readAllBytes(recorded.resolve("can-i.json")), Limits.DEFAULT)
                .elements()) {
            String scenario = each.get("scenario").text().orElseThrow();
            if (!clusters.containsKey(scenario)) {
                clusters.put(scenario, cluster(recorded, scenario));
            }
            String command = each.get("command").text().orElseThrow();
            boolean isYes = each.get("stdout").text().orElseThrow().startsWith("yes");
            AccessReport ours = ask(new AccessReviewer(clusters.get(scenario), true), command);
            boolean isKept = KEPT.stream().anyMatch(command::contains);
            if (isYes != (ours.verdict().outcome() == AccessReport.Outcome.PASS) && !isKept) {
                differences.add(scenario + ": " + command + " ours: " + ours.verdict());
            }
            questions++;
        }
        assertThat(differences).isEmpty();
        assertThat(questions).isPositive();
    }

    private Cluster cluster(Path recorded, String scenario) throws IOException, InputException {
        try (Stream<Path> files = Files.list(recorded.resolve("scenarios"))) {
            Path file = files.filter(path -> path.getFileName().toString().endsWith("-" + scenario + ".json"))
                    .findFirst()
                    .orElseThrow();
            String text = Files.readString(file);
            // a JSON object is read as YAML here: the objects alone become a list
            String list = "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":" + objects(text) + "}";
            Path copy = folder.resolve(scenario + ".yaml");
            Files.writeString(copy, list);
            ClusterReader reader = new ClusterReader("default");
            new GivenObjects(reader, new LiveObjects(List.of(), Path.of("absent"), name -> ""), Limits.DEFAULT)
                    .read(
                            List.of(recorded.resolve("bootstrap.json").toString(), copy.toString()),
                            new ByteArrayInputStream(new byte[0]));
            return reader.cluster();
        }
    }

    private static String objects(String scenario) {
        int from = scenario.indexOf("\"objects\":") + "\"objects\":".length();
        return scenario.substring(from, scenario.indexOf("\"object_results\""))
                .stripTrailing()
                .replaceFirst(",$", "");
    }

    private static AccessReport ask(AccessReviewer reviewer, String command) {
        String user = "";
        String namespace = "default";
        String subresource = "";
        List<String> groups = new ArrayList<>();
        List<String> words = new ArrayList<>();
        String[] parts = command.substring("kubectl auth can-i ".length()).split(" ", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (part.startsWith("--as=")) {
                user = part.substring("--as=".length());
            } else if (part.startsWith("--as-group=")) {
                groups.add(part.substring("--as-group=".length()));
            } else if (part.startsWith("--subresource=")) {
                subresource = part.substring("--subresource=".length());
            } else if (part.equals("--all-namespaces")) {
                namespace = "";
            } else if (part.equals("-n")) {
                namespace = parts[++i];
            } else {
                words.add(part);
            }
        }
        Question question = Question.of(words.get(0), words.get(1), subresource, "", namespace);
        return reviewer.can(new Requester(user, groups), question);
    }
}
