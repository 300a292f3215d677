package dev.holdfast.policy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.policy.cel.function.kubernetes.Authorizer.Access;
import dev.holdfast.policy.cel.function.kubernetes.Authorizer.Decision;
import dev.holdfast.policy.cel.function.kubernetes.Authorizer.Question;
import dev.holdfast.policy.definition.PolicyReader;
import dev.holdfast.policy.definition.PolicySet;
import dev.holdfast.policy.request.ObjectValues;
import dev.holdfast.policy.request.Request;
import dev.holdfast.policy.request.Request.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** What a real API server did with policies, and the requests that it did it to. */
final class RecordedServer {
    private final Path folder;
    private final JsonValue seen;

    private RecordedServer(Path folder, JsonValue seen) {
        this.folder = folder;
        this.seen = seen;
    }

    static RecordedServer open() throws IOException, InputException {
        Path folder = Path.of(System.getProperty("holdfast.shared", "absent"), "fixtures/kube/cel");
        Assumptions.assumeTrue(Files.isDirectory(folder), "the recordings of a real API server are not here");
        return new RecordedServer(folder, json(Files.readString(folder.resolve("requests-as-seen.json"))));
    }

    private static JsonValue json(String text) throws InputException {
        return Json.parse(text, Limits.DEFAULT);
    }

    List<JsonValue> cases() throws IOException, InputException {
        List<JsonValue> cases = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("cases.jsonl"))) {
            cases.add(json(line));
        }
        return cases;
    }

    /** What the server found of policies about several kinds of objects. */
    List<JsonValue> typeChecks() throws IOException, InputException {
        return json(Files.readString(folder.resolve("type-checking.json"))).elements();
    }

    /** The request of a case, as the server saw it. */
    Request request(JsonValue recorded) {
        JsonValue request =
                seen.get("requests").get(recorded.get("shape").text().orElseThrow());
        Operation operation = Operation.valueOf(recorded.get("operation").text().orElseThrow());
        Map<String, Object> object = ObjectValues.object(request.get("object")).orElseThrow();
        if (recorded.get("shape").text().orElseThrow().equals("big")) {
            map(map(object, "metadata"), "annotations").put("big", "a".repeat(40_000));
        }
        String name = switch (operation) {
            case CREATE, CONNECT -> "t";
            case UPDATE -> "tupd-policy";
            case DELETE -> "tdel";
        };
        map(object, "metadata").put("name", name);
        Optional<Map<String, Object>> old = Optional.empty();
        if (operation == Operation.UPDATE) {
            old = Optional.of(object);
            object = ObjectValues.object(request.get("object")).orElseThrow();
            map(map(old.get(), "metadata"), "labels").put("case", "none");
            asMap(((List<?>) map(object, "spec").getOrDefault("containers", List.of())).getFirst())
                    .put("image", "registry.example/shop/web:2");
        }
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("apiVersion", "meta.k8s.io/v1");
        options.put("kind", operation == Operation.DELETE ? "DeleteOptions" : "CreateOptions");
        boolean isDeletion = operation == Operation.DELETE;
        return new Request(
                operation,
                new Request.Resource("", "v1", "pods"),
                new Request.Kind("", "v1", "Pod"),
                "",
                name,
                "cel",
                user(recorded.get("user").text().orElseThrow()),
                true,
                isDeletion ? Optional.empty() : Optional.of(object),
                isDeletion ? Optional.of(object) : old,
                options,
                ObjectValues.object(seen.get("namespaceObject")),
                rights());
    }

    @SuppressWarnings("unchecked") // objects of the recording are maps by texts
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> map(Map<String, Object> object, String key) {
        return asMap(object.getOrDefault(key, new LinkedHashMap<String, Object>()));
    }

    private static Request.User user(String name) {
        return name.equals("developer")
                ? new Request.User("developer", "u-002", List.of("developers", "system:authenticated"), Map.of())
                : new Request.User("cluster-operator", "", List.of("system:masters", "system:authenticated"), Map.of());
    }

    /** The rights that the recording names, and the server's own for the controller that a case asks about. */
    private static Access rights() {
        return question -> new Decision(isAllowed(question), "", "");
    }

    private static boolean isAllowed(Question question) {
        boolean isDeveloper = question.groups().contains("developers")
                && question.resource().equals("pods")
                && question.namespace().equals("cel");
        boolean isReader = question.user().equals("system:serviceaccount:cel:reader")
                && question.verb().equals("get")
                && question.resource().equals("secrets")
                && question.name().equals("a");
        boolean isController = question.user().equals("system:serviceaccount:kube-system:namespace-controller")
                && question.resource().equals("namespaces");
        return question.groups().contains("system:masters") || isDeveloper || isReader || isController;
    }

    /** The policy of a case with its bindings and parameters, as files would hold them. */
    PolicySet policies(JsonValue recorded) throws InputException, IOException {
        StringBuilder text = new StringBuilder(json(recorded.get("policy")));
        int count = 0;
        for (JsonValue binding : recorded.get("bindings").elements()) {
            Map<String, JsonValue> spec = new LinkedHashMap<>();
            spec.put("validationActions", new JsonValue.JsonArray(List.of(new JsonValue.JsonString("Deny"))));
            spec.putAll(binding.members());
            spec.put("policyName", new JsonValue.JsonString("policy"));
            text.append("\n---\n{\"apiVersion\":\"admissionregistration.k8s.io/v1\","
                    + "\"kind\":\"ValidatingAdmissionPolicyBinding\",\"metadata\":{\"name\":\"policy-b" + count++
                    + "\"},\"spec\":" + json(new JsonValue.JsonObject(spec)) + "}");
        }
        for (JsonValue param : json(Files.readString(folder.resolve("surroundings.json")))
                .get("param_configmaps")
                .elements()) {
            text.append(
                    "\n---\n{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"namespace\":\"cel\",\"name\":"
                            + json(param.get("name")) + ",\"labels\":" + json(param.get("labels")) + "},\"data\":"
                            + json(param.get("data")) + "}");
        }
        return PolicyReader.read(text.toString(), "case.yaml", Limits.DEFAULT);
    }

    private static String json(JsonValue value) {
        return switch (value) {
            case JsonValue.JsonObject object -> {
                List<String> members = new ArrayList<>();
                object.members().forEach((key, member) -> members.add(quoted(key) + ":" + json(member)));
                yield "{" + String.join(",", members) + "}";
            }
            case JsonValue.JsonArray array ->
                "["
                        + String.join(
                                ",",
                                array.elements().stream()
                                        .map(RecordedServer::json)
                                        .toList()) + "]";
            case JsonValue.JsonString string -> quoted(string.value());
            case JsonValue.JsonNumber number -> number.literal();
            case JsonValue.JsonBoolean bool -> String.valueOf(bool.value());
            case JsonValue.JsonNull _ -> "null";
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                quoted.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
