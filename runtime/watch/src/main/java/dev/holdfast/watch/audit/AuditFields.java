package dev.holdfast.watch.audit;

import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonValue.JsonArray;
import dev.holdfast.rules.event.Field;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which part of an audit event a field is. Most are the value at the end of a path of members; strings are their own text, everything else is
 * JSON without spaces. Lists leave out what is absent, so that one container without a setting does not hide those that have it.
 */
final class AuditFields {
    /** Reads one field; leaves the value absent when the event has none. */
    @FunctionalInterface
    interface Reader {
        void read(JsonValue event, FieldUse use, Value into);
    }

    private static final String[] REQUEST = {"requestObject"};

    /** By the number of the field. */
    private static final @Nullable Reader[] READERS = readers();

    private AuditFields() {}

    static void read(AuditEvent event, FieldUse use, Value into) {
        switch (use.field().name()) {
            case "jevt.rawtime", "json.rawtime" -> into.set(Long.toString(event.time()));
            case "jevt.obj", "json.obj" -> into.set(CompactJson.of(event.json()));
            case "jevt.value", "json.value" ->
                pointer(event.json(), use.argument().orElse(""), into);
            case "evt.is_async" -> into.set(false);
            case "evt.pluginname" -> into.set("k8saudit");
            case "evt.plugininfo" -> into.set(CompactJson.of(event.json()));
            default -> {
                Reader reader = READERS[use.field().number()];
                if (reader != null) {
                    reader.read(event.json(), use, into);
                }
            }
        }
    }

    /** RFC 6901, where the slash in front may be left out; a number is also the index of an array. */
    private static void pointer(JsonValue root, String pointer, Value into) {
        JsonValue value = root;
        String path = pointer.startsWith("/") ? pointer.substring(1) : pointer;
        for (String part : pointer.isEmpty() ? new String[0] : path.split("/", -1)) {
            String name = part.replace("~1", "/").replace("~0", "~");
            Optional<JsonValue> inside = value instanceof JsonArray
                    ? element(value, name)
                    : Optional.ofNullable(value.members().get(name));
            if (inside.isEmpty()) {
                return;
            }
            value = inside.get();
        }
        into.set(CompactJson.text(value));
    }

    private static Optional<JsonValue> element(JsonValue array, String index) {
        if (index.isEmpty() || index.length() > 9 || !index.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int number = Integer.parseInt(index);
        return number < array.elements().size() ? Optional.of(array.elements().get(number)) : Optional.empty();
    }

    private static @Nullable Reader[] readers() {
        Map<String, Reader> named = new HashMap<>();
        addRequest(named);
        addAnnotations(named);
        addBinding(named);
        addRole(named);
        addOthers(named);
        PodFields.addTo(named);
        FieldCatalogue catalogue = FieldCatalogue.standard();
        @Nullable Reader[] readers = new Reader[catalogue.all().size()];
        named.forEach((name, reader) ->
                catalogue.field(name).map(Field::number).ifPresent(number -> readers[number] = reader));
        return readers;
    }

    private static void addRequest(Map<String, Reader> fields) {
        path(fields, "ka.auditid", "auditID");
        path(fields, "ka.stage", "stage");
        path(fields, "ka.verb", "verb");
        path(fields, "ka.uri", "requestURI");
        path(fields, "ka.useragent", "userAgent");
        list(fields, "ka.sourceips", "sourceIPs");
        path(fields, "ka.user.name", "user", "username");
        list(fields, "ka.user.groups", "user", "groups");
        path(fields, "ka.impuser.name", "impersonatedUser", "username");
        path(fields, "ka.target.name", "objectRef", "name");
        path(fields, "ka.target.namespace", "objectRef", "namespace");
        path(fields, "ka.target.resource", "objectRef", "resource");
        path(fields, "ka.target.subresource", "objectRef", "subresource");
        path(fields, "ka.resp.name", "responseObject", "metadata", "name");
        path(fields, "ka.response.code", "responseStatus", "code");
        path(fields, "ka.response.reason", "responseStatus", "reason");
        fields.put(
                "ka.uri.param",
                (event, use, into) -> parameter(event, use.argument().orElse(""), into));
        fields.put("ka.target.pod.name", (event, use, into) -> podName(event, into));
    }

    /** The first value of a parameter behind the question mark. */
    private static void parameter(JsonValue event, String wanted, Value into) {
        String uri = event.get("requestURI").text().orElse("");
        int question = uri.indexOf('?');
        for (String pair :
                question < 0 ? new String[0] : uri.substring(question + 1).split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (decoded(name).equals(wanted)) {
                into.set(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
                return;
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException wrong) {
            return text;
        }
    }

    private static void podName(JsonValue event, Value into) {
        boolean isPod =
                event.at("objectRef", "resource").text().filter("pods"::equals).isPresent();
        JsonValue name = event.at("objectRef", "name");
        if (isPod) {
            set(name.isAbsent() ? event.at("responseObject", "metadata", "name") : name, into);
        }
    }

    private static void addAnnotations(Map<String, Reader> fields) {
        path(fields, "ka.auth.decision", "annotations", "authorization.k8s.io/decision");
        path(fields, "ka.auth.reason", "annotations", "authorization.k8s.io/reason");
        path(fields, "ka.auth.openshift.decision", "annotations", "authentication.openshift.io/decision");
        path(fields, "ka.auth.openshift.username", "annotations", "authentication.openshift.io/username");
        path(
                fields,
                "ka.validations.admission.policy.failure",
                "annotations",
                "validation.policy.admission.k8s.io/validation_failure");
        path(fields, "ka.security.pod.violations", "annotations", "pod-security.kubernetes.io/audit-violations");
    }

    private static void addBinding(Map<String, Reader> fields) {
        list(fields, "ka.req.binding.subjects", "requestObject", "subjects");
        path(fields, "ka.req.binding.role", "requestObject", "roleRef", "name");
        // Upstream keeps it for old rules, and answers always so.
        fields.put("ka.req.binding.subject.has_name", (event, use, into) -> into.set("true"));
        subjects(fields, "user_names", "User", false);
        subjects(fields, "group_names", "Group", false);
        subjects(fields, "serviceaccount_names", "ServiceAccount", false);
        subjects(fields, "serviceaccount_ns_names", "ServiceAccount", true);
    }

    private static void subjects(Map<String, Reader> fields, String field, String kind, boolean withNamespace) {
        fields.put("ka.req.binding.subjects." + field, (event, use, into) -> {
            JsonValue subjects = event.at("requestObject", "subjects");
            if (!(subjects instanceof JsonArray)) {
                return;
            }
            into.setList();
            for (JsonValue subject : subjects.elements()) {
                if (subject.get("kind").text().filter(kind::equals).isPresent()) {
                    String namespace = subject.get("namespace").text().orElse("");
                    String name = subject.get("name").text().orElse("");
                    into.add().set(withNamespace ? namespace + ":" + name : name);
                }
            }
        });
    }

    private static void addRole(Map<String, Reader> fields) {
        list(fields, "ka.req.role.rules", "requestObject", "rules");
        for (String part : List.of("apiGroups", "nonResourceURLs", "verbs", "resources")) {
            fields.put("ka.req.role.rules." + part, (event, use, into) -> {
                JsonValue rules = event.at("requestObject", "rules");
                if (!(rules instanceof JsonArray)) {
                    return;
                }
                into.setList();
                for (JsonValue rule : chosen(rules, use)) {
                    rule.get(part).elements().forEach(element -> set(element, into.add()));
                }
            });
        }
    }

    private static void addOthers(Map<String, Reader> fields) {
        path(fields, "ka.req.configmap.name", "objectRef", "name");
        path(fields, "ka.req.configmap.obj", "requestObject", "data");
        path(fields, "ka.req.service.type", "requestObject", "spec", "type");
        list(fields, "ka.req.service.ports", "requestObject", "spec", "ports");
    }

    /** The elements of an array that the argument asks for: the one of its number, or all without one. */
    static List<JsonValue> chosen(JsonValue array, FieldUse use) {
        List<JsonValue> all = array.elements();
        if (use.argument().isEmpty()) {
            return all;
        }
        return use.index() >= 0 && use.index() < all.size() ? List.of(all.get((int) use.index())) : List.of();
    }

    private static void path(Map<String, Reader> fields, String name, String... members) {
        fields.put(name, (event, use, into) -> set(event.at(members), into));
    }

    private static void list(Map<String, Reader> fields, String name, String... members) {
        fields.put(name, (event, use, into) -> {
            JsonValue array = event.at(members);
            if (array instanceof JsonArray) {
                into.setList();
                chosen(array, use).forEach(element -> set(element, into.add()));
            }
        });
    }

    /** Sets a value that is there. */
    static void set(JsonValue value, Value into) {
        if (!value.isAbsent()) {
            into.set(CompactJson.text(value));
        }
    }

    /** The object of the request. */
    static JsonValue request(JsonValue event) {
        return event.at(REQUEST);
    }
}
