package dev.holdfast.access.rbac;

import dev.holdfast.core.text.GoText;
import dev.holdfast.manifest.kubernetes.Origin;

/**
 * Whom a binding names.
 *
 * @param kind as written; the server knows User, Group and ServiceAccount
 * @param apiGroup as the server would default it
 * @param namespace of a service account; empty when it is not written, and always for users and groups
 */
public record Subject(String kind, String apiGroup, String name, String namespace, Origin origin) {
    static final String USER = "User";
    static final String GROUP = "Group";
    static final String ACCOUNT = "ServiceAccount";

    /** Whether a requester is meant by it in a binding of that namespace (empty for a ClusterRoleBinding). */
    boolean means(Requester requester, String bindingNamespace) {
        return switch (kind) {
            case USER -> name.equals(requester.user());
            case GROUP -> requester.groups().contains(name);
            case ACCOUNT -> {
                String home = home(bindingNamespace);
                yield !home.isEmpty() && requester.user().equals("system:serviceaccount:" + home + ":" + name);
            }
            default -> false;
        };
    }

    /** The namespace of a service account: its own, or else the binding's. */
    public String home(String bindingNamespace) {
        return namespace.isEmpty() ? bindingNamespace : namespace;
    }

    /** As the server words it in a reason: {@code User "alice"}, {@code ServiceAccount "web/shop"}. */
    public String described(String bindingNamespace) {
        return kind.equals(ACCOUNT)
                ? kind + " " + GoText.quoted(name + "/" + home(bindingNamespace))
                : kind + " " + GoText.quoted(name);
    }

    /** Somebody of whom exactly this is known. */
    public Requester requester(String bindingNamespace) {
        return switch (kind) {
            case ACCOUNT -> Requester.ofServiceAccount(home(bindingNamespace), name);
            case GROUP -> Requester.ofGroup(name);
            default -> Requester.ofUser(name);
        };
    }
}
