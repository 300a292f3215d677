package dev.holdfast.policy.cel;

import dev.holdfast.policy.cel.function.kubernetes.Authorizer;
import dev.holdfast.policy.cel.value.Type;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables that the API server gives to expressions of policies. */
public final class Surroundings {
    private static final String REQUEST = "kubernetes.AdmissionRequest";
    private static final String NAMESPACE = "kubernetes.Namespace";
    private static final String VARIABLES = "kubernetes.variables";

    /** {@code object}, {@code oldObject}, {@code request}, {@code namespaceObject}. */
    public static final Environment REQUESTS = requests();

    /** Those, and {@code authorizer}. */
    public static final Environment AUTHORIZED =
            REQUESTS.with("authorizer", Authorizer.TYPE).with("authorizer.requestResource", Authorizer.RESOURCE_TYPE);

    private Surroundings() {}

    private static Environment requests() {
        return namespace(request(Environment.empty()
                .with("object", Type.DYN)
                .with("oldObject", Type.DYN)
                .with("request", Type.struct(REQUEST))
                .with("namespaceObject", Type.struct(NAMESPACE))));
    }

    private static Environment request(Environment environment) {
        Type kind = Type.struct("kubernetes.GroupVersionKind");
        Type resource = Type.struct("kubernetes.GroupVersionResource");
        Type user = Type.struct("kubernetes.UserInfo");
        return environment
                .withStructure(kind.name(), texts("group", "version", "kind"))
                .withStructure(resource.name(), texts("group", "version", "resource"))
                .withStructure(
                        user.name(),
                        fields(
                                "username",
                                Type.STRING,
                                "uid",
                                Type.STRING,
                                "groups",
                                Type.list(Type.STRING),
                                "extra",
                                Type.map(Type.STRING, Type.list(Type.STRING))))
                .withStructure(
                        REQUEST,
                        fields(
                                "kind", kind,
                                "resource", resource,
                                "subResource", Type.STRING,
                                "requestKind", kind,
                                "requestResource", resource,
                                "requestSubResource", Type.STRING,
                                "name", Type.STRING,
                                "namespace", Type.STRING,
                                "operation", Type.STRING,
                                "userInfo", user,
                                "dryRun", Type.BOOL,
                                "options", Type.DYN));
    }

    private static Environment namespace(Environment environment) {
        Type metadata = Type.struct("kubernetes.NamespaceMetadata");
        Type spec = Type.struct("kubernetes.NamespaceSpec");
        Type status = Type.struct("kubernetes.NamespaceStatus");
        Type condition = Type.struct("kubernetes.NamespaceCondition");
        Map<String, Type> conditions = texts("status", "type", "message", "reason");
        conditions.put("lastTransitionTime", Type.TIMESTAMP);
        return environment
                .withStructure(NAMESPACE, fields("metadata", metadata, "spec", spec, "status", status))
                .withStructure(spec.name(), fields("finalizers", Type.list(Type.STRING)))
                .withStructure(condition.name(), conditions)
                .withStructure(status.name(), fields("conditions", Type.list(condition), "phase", Type.STRING))
                .withStructure(
                        metadata.name(),
                        fields(
                                "name", Type.STRING,
                                "generateName", Type.STRING,
                                "namespace", Type.STRING,
                                "labels", Type.map(Type.STRING, Type.STRING),
                                "annotations", Type.map(Type.STRING, Type.STRING),
                                "UID", Type.STRING,
                                "creationTimestamp", Type.TIMESTAMP,
                                "deletionGracePeriodSeconds", Type.INT,
                                "deletionTimestamp", Type.TIMESTAMP,
                                "generation", Type.INT,
                                "resourceVersion", Type.STRING,
                                "finalizers", Type.list(Type.STRING)));
    }

    private static Map<String, Type> texts(String... names) {
        Map<String, Type> fields = new LinkedHashMap<>();
        for (String name : names) {
            fields.put(name, Type.STRING);
        }
        return fields;
    }

    private static Map<String, Type> fields(Object... namesAndTypes) {
        Map<String, Type> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.put((String) namesAndTypes[i], (Type) namesAndTypes[i + 1]);
        }
        return fields;
    }

    /** The environment with {@code params}. */
    public static Environment withParams(Environment environment) {
        return environment.with("params", Type.DYN);
    }

    /** The environment with {@code variables}, which has these. */
    public static Environment withVariables(Environment environment, Map<String, Type> variables) {
        return environment.with("variables", Type.struct(VARIABLES)).withStructure(VARIABLES, variables);
    }
}
