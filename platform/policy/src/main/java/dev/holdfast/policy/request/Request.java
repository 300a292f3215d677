package dev.holdfast.policy.request;

import dev.holdfast.policy.cel.function.kubernetes.Authorizer.Access;
import dev.holdfast.policy.cel.value.Null;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be decided: somebody wants to do something with an object. Objects are values as {@link dev.holdfast.policy.cel} has them.
 *
 * @param resource what kind of object, as a path in the API has it
 * @param kind what kind of object, as its own text has it
 * @param subresource such as {@code exec}; usually empty
 * @param name of the object; empty when the server makes one
 * @param namespace of the object; empty when it is in none
 * @param user who asks
 * @param isDryRun whether nothing is to be kept
 * @param object as it will be; empty on deletion
 * @param oldObject as it was; empty on creation
 * @param options of the operation
 * @param namespaceObject the namespace itself, as far as it is known
 * @param access answers what expressions ask the authorizer
 * @param original what it is about in the words of who asks, when policies meet it as something equivalent
 */
public record Request(
        Operation operation,
        Resource resource,
        Kind kind,
        String subresource,
        String name,
        String namespace,
        User user,
        boolean isDryRun,
        Optional<Map<String, Object>> object,
        Optional<Map<String, Object>> oldObject,
        Map<String, Object> options,
        Optional<Map<String, Object>> namespaceObject,
        Access access,
        Optional<Original> original) {
    public Request(
            Operation operation,
            Resource resource,
            Kind kind,
            String subresource,
            String name,
            String namespace,
            User user,
            boolean isDryRun,
            Optional<Map<String, Object>> object,
            Optional<Map<String, Object>> oldObject,
            Map<String, Object> options,
            Optional<Map<String, Object>> namespaceObject,
            Access access) {
        this(
                operation,
                resource,
                kind,
                subresource,
                name,
                namespace,
                user,
                isDryRun,
                object,
                oldObject,
                options,
                namespaceObject,
                access,
                Optional.empty());
    }

    /** What a request is about, before it was converted. */
    public record Original(Resource resource, Kind kind) {}

    /** What is done. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        CONNECT
    }

    /** A resource of the API. */
    public record Resource(String group, String version, String resource) {}

    /** A kind of object. */
    public record Kind(String group, String version, String kind) {}

    /**
     * Who asks.
     *
     * @param uid empty when there is none
     */
    public record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
        public User {
            groups = List.copyOf(groups);
        }
    }

    /** The same request for the object under another of its names; of the object, only the version is changed. */
    public Request as(Equivalents.Form form) {
        return new Request(
                operation,
                form.resource(),
                form.kind(),
                subresource,
                name,
                namespace,
                user,
                isDryRun,
                object.map(given -> as(form.kind(), given)),
                oldObject.map(given -> as(form.kind(), given)),
                options,
                namespaceObject,
                access,
                Optional.of(new Original(resource, kind)));
    }

    private static Map<String, Object> as(Kind kind, Map<String, Object> given) {
        Map<String, Object> object = new LinkedHashMap<>(given);
        object.put("apiVersion", kind.group().isEmpty() ? kind.version() : kind.group() + "/" + kind.version());
        return object;
    }

    /** The variable {@code request}: what is empty is absent. */
    public Map<String, Object> value() {
        Map<String, Object> value = new LinkedHashMap<>();
        Original asked = original.orElseGet(() -> new Original(resource, kind));
        value.put("kind", value(kind));
        value.put("resource", value(resource));
        value.put("requestKind", value(asked.kind()));
        value.put("requestResource", value(asked.resource()));
        putUnlessEmpty(value, "subResource", subresource);
        putUnlessEmpty(value, "requestSubResource", subresource);
        putUnlessEmpty(value, "name", name);
        putUnlessEmpty(value, "namespace", namespace);
        value.put("operation", operation.name());
        Map<String, Object> who = new LinkedHashMap<>();
        putUnlessEmpty(who, "username", user.name());
        putUnlessEmpty(who, "uid", user.uid());
        if (!user.groups().isEmpty()) {
            who.put("groups", user.groups());
        }
        if (!user.extra().isEmpty()) {
            who.put("extra", user.extra());
        }
        value.put("userInfo", who);
        value.put("dryRun", isDryRun);
        value.put("options", options);
        return value;
    }

    private static Map<String, Object> value(Kind kind) {
        return mapOf("group", kind.group(), "version", kind.version(), "kind", kind.kind());
    }

    private static Map<String, Object> value(Resource resource) {
        return mapOf("group", resource.group(), "version", resource.version(), "resource", resource.resource());
    }

    private static Map<String, Object> mapOf(String... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static void putUnlessEmpty(Map<String, Object> map, String key, String value) {
        if (!value.isEmpty()) {
            map.put(key, value);
        }
    }

    public boolean isInNamespaceOf(Selector selector) {
        if (selector.requirements().isEmpty()) {
            return true;
        }
        boolean isNamespace = resource.group().isEmpty() && resource.resource().equals("namespaces");
        if (namespace.isEmpty() && !isNamespace) {
            return true; // nothing without a namespace can be told apart by it
        }
        Optional<Map<String, Object>> labelled = isNamespace ? object.or(() -> oldObject) : namespaceObject;
        return selector.matches(labels(labelled));
    }

    public boolean hasObjectOf(Selector selector) {
        return selector.requirements().isEmpty()
                || object.isPresent() && selector.matches(labels(object))
                || oldObject.isPresent() && selector.matches(labels(oldObject));
    }

    public static Map<String, String> labels(Optional<Map<String, Object>> object) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (object.isPresent()
                && object.get().get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("labels") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> labels.put(key.toString(), value == Null.NULL ? "" : value.toString()));
        }
        return labels;
    }
}
