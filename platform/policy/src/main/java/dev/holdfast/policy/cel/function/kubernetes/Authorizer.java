package dev.holdfast.policy.cel.function.kubernetes;

import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Named;
import dev.holdfast.policy.cel.value.Type;
import java.util.List;

/**
 * The variable {@code authorizer}: {@code authorizer.group('apps').resource('deployments').check('update').allowed()}. Who answers is handed in;
 * where nobody can, asking is a fault.
 */
public final class Authorizer implements Named {
    /** The type of the variables {@code authorizer} and {@code authorizer.requestResource}. */
    public static final Type TYPE = Type.struct("kubernetes.authorization.Authorizer");

    public static final Type RESOURCE_TYPE = Type.struct("kubernetes.authorization.ResourceCheck");
    private static final String NAME = "kubernetes.authorization.Authorizer";
    private static final String PATH = "kubernetes.authorization.PathCheck";
    private static final String GROUP = "kubernetes.authorization.GroupCheck";
    private static final String RESOURCE = "kubernetes.authorization.ResourceCheck";
    private static final String DECISION = "kubernetes.authorization.Decision";

    /** So that one expression can ask twice. */
    private static final Cost ASKING = arguments -> 350_000;

    private final String user;
    private final List<String> groups;
    private final Access access;

    /** Answers who may do what. */
    @FunctionalInterface
    public interface Access {
        /** Nobody can be asked. */
        Access NONE = question -> {
            throw new Fault("the authorizer cannot be asked here: who may do what is known to a cluster only");
        };

        /** @throws Fault when the question has no answer */
        Decision ask(Question question) throws Fault;
    }

    /**
     * May this user do this?
     *
     * @param path of a URL that is no resource; empty for a resource
     * @param verb as authorization knows it: {@code get}, {@code list}, …
     */
    public record Question(
            String user,
            List<String> groups,
            String verb,
            String path,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name) {
        public Question {
            groups = List.copyOf(groups);
        }
    }

    /**
     * An answer.
     *
     * @param error why it could not be found out; empty when it could
     */
    public record Decision(boolean allowed, String reason, String error) implements Named {
        @Override
        public String typeName() {
            return DECISION;
        }
    }

    private record PathCheck(Authorizer asker, String path) implements Named {
        @Override
        public String typeName() {
            return PATH;
        }
    }

    private record GroupCheck(Authorizer asker, String group) implements Named {
        @Override
        public String typeName() {
            return GROUP;
        }
    }

    private record ResourceCheck(
            Authorizer asker, String group, String resource, String subresource, String namespace, String name)
            implements Named {
        @Override
        public String typeName() {
            return RESOURCE;
        }
    }

    public Authorizer(String user, List<String> groups, Access access) {
        this.user = user;
        this.groups = List.copyOf(groups);
        this.access = access;
    }

    /** The value of {@code authorizer.requestResource}. */
    public Object requestResource(String group, String resource, String subresource, String namespace, String name) {
        return new ResourceCheck(this, group, resource, subresource, namespace, name);
    }

    static void addTo(Library library) {
        library.member("path", NAME + ",string", PATH, Cost.ONE, a -> {
                    if (((String) a[1]).isEmpty()) {
                        throw new Fault("path must not be empty");
                    }
                    return new PathCheck((Authorizer) a[0], (String) a[1]);
                })
                .member(
                        "group",
                        NAME + ",string",
                        GROUP,
                        Cost.ONE,
                        a -> new GroupCheck((Authorizer) a[0], (String) a[1]))
                .member(
                        "serviceAccount",
                        NAME + ",string,string",
                        NAME,
                        Cost.ONE,
                        a -> serviceAccount((Authorizer) a[0], (String) a[1], (String) a[2]));
        library.member("resource", GROUP + ",string", RESOURCE, Cost.ONE, a -> {
                    GroupCheck check = (GroupCheck) a[0];
                    return new ResourceCheck(check.asker, check.group, (String) a[1], "", "", "");
                })
                .member("subresource", RESOURCE + ",string", RESOURCE, Cost.ONE, a -> {
                    ResourceCheck c = (ResourceCheck) a[0];
                    return new ResourceCheck(c.asker, c.group, c.resource, (String) a[1], c.namespace, c.name);
                })
                .member("namespace", RESOURCE + ",string", RESOURCE, Cost.ONE, a -> {
                    ResourceCheck c = (ResourceCheck) a[0];
                    return new ResourceCheck(c.asker, c.group, c.resource, c.subresource, (String) a[1], c.name);
                })
                .member("name", RESOURCE + ",string", RESOURCE, Cost.ONE, a -> {
                    ResourceCheck c = (ResourceCheck) a[0];
                    return new ResourceCheck(c.asker, c.group, c.resource, c.subresource, c.namespace, (String) a[1]);
                })
                .member("fieldSelector", RESOURCE + ",string", RESOURCE, Cost.ONE, a -> a[0])
                .member("labelSelector", RESOURCE + ",string", RESOURCE, Cost.ONE, a -> a[0]);
        decisions(library);
    }

    private static void decisions(Library library) {
        library.member("check", PATH + ",string", DECISION, ASKING, a -> {
                    PathCheck check = (PathCheck) a[0];
                    return check.asker.ask(
                            (String) a[1], check.path, new ResourceCheck(check.asker, "", "", "", "", ""));
                })
                .member("check", RESOURCE + ",string", DECISION, ASKING, a -> {
                    ResourceCheck check = (ResourceCheck) a[0];
                    return check.asker.ask((String) a[1], "", check);
                });
        library.member(
                        "errored",
                        DECISION,
                        "bool",
                        Cost.ONE,
                        a -> !((Decision) a[0]).error().isEmpty())
                .member("error", DECISION, "string", Cost.ONE, a -> ((Decision) a[0]).error())
                .member("allowed", DECISION, "bool", Cost.ONE, a -> ((Decision) a[0]).allowed())
                .member("reason", DECISION, "string", Cost.ONE, a -> ((Decision) a[0]).reason());
    }

    private Decision ask(String verb, String path, ResourceCheck check) throws Fault {
        return access.ask(new Question(
                user, groups, verb, path, check.group, check.resource, check.subresource, check.namespace, check.name));
    }

    private static Authorizer serviceAccount(Authorizer asker, String namespace, String name) throws Fault {
        if (!isName(namespace)) {
            throw new Fault("Invalid service account namespace");
        }
        if (!isName(name)) {
            throw new Fault("Invalid service account name");
        }
        return new Authorizer(
                "system:serviceaccount:" + namespace + ":" + name,
                List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated"),
                asker.access);
    }

    private static boolean isName(String text) {
        return text.matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?") && text.length() <= 253;
    }

    @Override
    public String typeName() {
        return NAME;
    }
}
