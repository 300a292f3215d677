package dev.holdfast.server.admission;

import static dev.holdfast.server.admission.Reviews.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.JsonReader;
import dev.holdfast.manifest.tree.Node;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class MutatorTest {
    private static final String ALL = "changes: [runAsNonRoot, allowPrivilegeEscalation, seccompProfile, capabilities,"
            + " automountServiceAccountToken, imageDigests]\n";
    private static final String BARE = "{\"containers\":[{\"name\":\"app\",\"image\":\"web:1\"}]}";

    private final Reviews.Known known = new Reviews.Known();

    private AdmissionAnswer change(String settings, AdmissionRequest request) throws InputException {
        return Reviews.judge(settings, "", known, Namespaces.NOT_LOOKED_AT).change(request);
    }

    private String patch(String spec) throws InputException {
        return change("mode: enforce\n" + ALL, Reviews.create("Pod", "pods", Reviews.pod(spec)))
                .patch();
    }

    @Test
    void fillsInWhatNobodyWrote() throws InputException {
        assertThat(patch(BARE))
                .isEqualTo("[{\"op\":\"add\",\"path\":\"/spec/automountServiceAccountToken\",\"value\":false},"
                        + "{\"op\":\"add\",\"path\":\"/spec/securityContext\",\"value\":{\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}},"
                        + "{\"op\":\"add\",\"path\":\"/spec/containers/0/securityContext\",\"value\":{\"runAsNonRoot\":true,"
                        + "\"allowPrivilegeEscalation\":false,\"capabilities\":{\"drop\":[\"ALL\"]}}}]");
    }

    @Test
    void leavesWhatIsWritten() throws InputException {
        assertThat(
                        patch(
                                "{\"automountServiceAccountToken\":true,\"securityContext\":{\"runAsUser\":0,\"seccompProfile\":{\"type\":\"Unconfined\"}},"
                                        + "\"containers\":[{\"name\":\"a\",\"securityContext\":{\"allowPrivilegeEscalation\":true,\"capabilities\":{\"drop\":[\"KILL\"]}}}]}"))
                .isEmpty();
    }

    @Test
    void addsNothingThatTheServerWouldRefuse() throws InputException {
        assertThat(
                        patch(
                                "{\"automountServiceAccountToken\":false,\"securityContext\":{\"runAsNonRoot\":true,\"seccompProfile\":{\"type\":\"RuntimeDefault\"}},"
                                        + "\"containers\":[{\"name\":\"a\",\"securityContext\":{\"privileged\":true}},"
                                        + "{\"name\":\"b\",\"securityContext\":{\"capabilities\":{\"add\":[\"CAP_SYS_ADMIN\"]}}}]}"))
                .isEqualTo(
                        "[{\"op\":\"add\",\"path\":\"/spec/containers/1/securityContext/capabilities/drop\",\"value\":[\"ALL\"]}]");
        assertThat(patch("{\"os\":{\"name\":\"windows\"},\"containers\":[{\"name\":\"a\"}]}"))
                .isEqualTo("[{\"op\":\"add\",\"path\":\"/spec/automountServiceAccountToken\",\"value\":false}]");
    }

    @Test
    void leavesTheTokenToWhoHasItAlreadyOrNamesAnAccount() throws InputException {
        assertThat(patch("{\"volumes\":[{\"name\":\"kube-api-access-x7\"}],\"containers\":[]}"))
                .doesNotContain("automount");
        assertThat(patch("{\"serviceAccountName\":\"operator\",\"containers\":[]}"))
                .doesNotContain("automount");
    }

    @Test
    void putsTheDigestBesideTheTag() throws InputException {
        known.name("docker.io/library/web:1", "web", NOW.minus(Duration.ofMinutes(5)));
        assertThat(patch(BARE))
                .contains("{\"op\":\"replace\",\"path\":\"/spec/containers/0/image\",\"value\":\"web:1@"
                        + Reviews.digest("web") + "\"}");
        known.name("docker.io/library/web:1", "web", NOW.minus(Duration.ofHours(2)));
        assertThat(patch(BARE)).doesNotContain("replace");
    }

    @Test
    void onlySaysWhatItWouldDoUnderWarn() throws InputException {
        AdmissionRequest request = Reviews.create("Pod", "pods", Reviews.pod(BARE));
        AdmissionAnswer warned = change("mode: warn\n" + ALL, request);
        assertThat(warned.patch()).isEmpty();
        assertThat(warned.warnings()).singleElement().asString().startsWith("would fill in: /spec/");
        AdmissionAnswer audited = change("mode: audit\n" + ALL, request);
        assertThat(audited.warnings()).isEmpty();
        assertThat(audited.annotations()).containsKey("would-change");
        assertThat(change("mode: enforce\n", request)).isEqualTo(AdmissionAnswer.allowed());
        assertThat(change("mode: 'off'\n" + ALL, request)).isEqualTo(AdmissionAnswer.allowed());
    }

    @Test
    void changesTemplatesButNotWhatAnotherObjectControls() throws InputException {
        String template = Reviews.deployment(BARE);
        AdmissionAnswer ofDeployment =
                change("mode: enforce\n" + ALL, Reviews.create("Deployment", "deployments", template));
        assertThat(ofDeployment.patch()).contains("/spec/template/spec/containers/0/securityContext");
        assertThat(ofDeployment.annotations()).containsKey("changed");
        String controlled = template.replace("\"Deployment\"", "\"ReplicaSet\"")
                .replace("{\"name\":\"p\"}", "{\"name\":\"p\",\"ownerReferences\":[{\"controller\":true}]}");
        assertThat(change("mode: enforce\n" + ALL, Reviews.create("ReplicaSet", "replicasets", controlled))
                        .patch())
                .isEmpty();
        String scaled = template.replace("\"spec\":{\"template\"", "\"spec\":{\"replicas\":9,\"template\"");
        assertThat(change(
                                "mode: enforce\n" + ALL,
                                Reviews.request("UPDATE", "shop", "", "Deployment", "deployments", scaled, template))
                        .patch())
                .as("scaling must not roll out")
                .isEmpty();
    }

    @Test
    void ofAPodThatRunsOnlyNewEphemeralContainersAreOpen() throws InputException {
        String old =
                Reviews.pod(BARE.replace("]}", "],\"ephemeralContainers\":[{\"name\":\"old\",\"image\":\"tools\"}]}"));
        String now = Reviews.pod(
                BARE.replace(
                        "]}",
                        "],\"ephemeralContainers\":[{\"name\":\"old\",\"image\":\"tools\"},{\"name\":\"new\",\"image\":\"tools\"}]}"));
        String patch = change(
                        "mode: enforce\n" + ALL,
                        Reviews.request("UPDATE", "shop", "ephemeralcontainers", "Pod", "pods", now, old))
                .patch();
        assertThat(patch)
                .isEqualTo(
                        "[{\"op\":\"add\",\"path\":\"/spec/ephemeralContainers/1/securityContext\",\"value\":{\"runAsNonRoot\":true,"
                                + "\"allowPrivilegeEscalation\":false,\"seccompProfile\":{\"type\":\"RuntimeDefault\"},\"capabilities\":{\"drop\":[\"ALL\"]}}}]");
        assertThat(change("mode: enforce\n" + ALL, Reviews.request("UPDATE", "shop", "", "Pod", "pods", now, now))
                        .patch())
                .isEmpty();
    }

    /** Of everything that a real server asked: each patch can be applied, and asked again there is nothing more to do. */
    @Test
    void isDoneAfterOnce() throws Exception {
        Path file = Path.of(System.getProperty("holdfast.shared", ""), "fixtures/kube/admission/reviews.jsonl");
        Assumptions.assumeTrue(Files.isRegularFile(file), "no recorded reviews at " + file);
        known.name("docker.io/library/nginx:1.25", "nginx", NOW);
        Judge judge = Reviews.judge("mode: enforce\n" + ALL, "", known, Namespaces.NOT_LOOKED_AT);
        int changed = 0;
        for (String line : Files.readAllLines(file)) {
            String text = line.substring(line.indexOf("\"review\":") + 9, line.length() - 1);
            AdmissionRequest request = new ReviewReader(Limits.DEFAULT).read(text.getBytes(StandardCharsets.UTF_8));
            String patch = judge.change(request).patch();
            if (patch.isEmpty()) {
                continue;
            }
            changed++;
            JsonValue review = Json.parse(text, Limits.DEFAULT);
            Map<String, Object> object = plain(review.at("request", "object"));
            for (JsonValue step : Json.parse(patch, Limits.DEFAULT).elements()) {
                apply(object, step);
            }
            AdmissionRequest again = new AdmissionRequest(
                    request.apiVersion(),
                    request.uid(),
                    request.kind(),
                    request.resource(),
                    request.subResource(),
                    request.operation(),
                    request.name(),
                    request.namespace(),
                    request.user(),
                    java.util.Optional.of(node(object)),
                    request.oldObject(),
                    request.options(),
                    request.isDryRun());
            assertThat(judge.change(again).patch()).as(text).isEmpty();
        }
        assertThat(changed).as("a recording has pods that say little").isGreaterThan(20);
    }

    private static Node.Mapping node(Map<String, Object> object) {
        StringBuilder json = new StringBuilder();
        write(object, json);
        return new JsonReader(Limits.DEFAULT).read(json.toString()) instanceof Document.Read(Node.Mapping root, int _)
                ? root
                : new Node.Mapping(List.of(), new dev.holdfast.manifest.tree.Place(1, 1, 1, 1));
    }

    private static void write(Object value, StringBuilder json) {
        if (value instanceof Map<?, ?> map) {
            json.append('{');
            map.forEach((key, of) -> {
                json.append(json.charAt(json.length() - 1) == '{' ? "" : ",")
                        .append('"')
                        .append(key)
                        .append("\":");
                write(of, json);
            });
            json.append('}');
        } else if (value instanceof List<?> list) {
            json.append('[');
            for (int i = 0; i < list.size(); i++) {
                json.append(i == 0 ? "" : ",");
                write(list.get(i), json);
            }
            json.append(']');
        } else if (value instanceof JsonValue.JsonString text) {
            json.append('"')
                    .append(text.value()
                            .replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("\n", "\\n")
                            .replace("\t", "\\t"))
                    .append('"');
        } else if (value instanceof JsonValue scalar) {
            json.append(scalar.scalar().orElse("null"));
        }
    }

    private static Map<String, Object> plain(JsonValue object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.members().forEach((key, value) -> map.put(key, any(value)));
        return map;
    }

    private static Object any(JsonValue value) {
        return switch (value) {
            case JsonValue.JsonObject object -> plain(object);
            case JsonValue.JsonArray array -> {
                List<Object> list = new ArrayList<>();
                array.elements().forEach(element -> list.add(any(element)));
                yield list;
            }
            case JsonValue.JsonString text -> text;
            case JsonValue.JsonNumber number -> number;
            case JsonValue.JsonBoolean flag -> flag;
            case JsonValue.JsonNull nothing -> nothing;
        };
    }

    /** RFC 6902, as far as our patches go: the parent must be there. */
    @SuppressWarnings("unchecked")
    private static void apply(Map<String, Object> object, JsonValue step) {
        String[] keys = step.get("path").text().orElseThrow().substring(1).split("/");
        Object at = object;
        for (int i = 0; i < keys.length - 1; i++) {
            at = at instanceof List<?> list
                    ? list.get(Integer.parseInt(keys[i]))
                    : ((Map<String, Object>) at).get(keys[i]);
            assertThat(at).as(step.toString()).isNotNull();
        }
        Map<String, Object> parent = (Map<String, Object>) at;
        String last = keys[keys.length - 1];
        if (step.get("op").text().orElseThrow().equals("replace")) {
            assertThat(parent).containsKey(last);
        }
        parent.put(last, any(step.get("value")));
    }
}
