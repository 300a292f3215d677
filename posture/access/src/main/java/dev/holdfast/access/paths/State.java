package dev.holdfast.access.paths;

import dev.holdfast.access.rbac.Requester;

/** What an attacker has. */
public sealed interface State {
    /**
     * Acting as somebody.
     *
     * @param roleName a ClusterRole or Role that they gave themselves beside what they hold; empty when none
     * @param roleHome the namespace of a Role; empty for a ClusterRole
     * @param roleScope where it holds; empty for the whole cluster
     */
    record As(Requester who, String roleName, String roleHome, String roleScope) implements State {
        static As of(Requester who) {
            return new As(who, "", "", "");
        }

        As with(String role, String home, String scope) {
            return new As(who, role, home, scope);
        }
    }

    /** Any service account of a namespace; of every namespace when it is empty. */
    record AnyAccount(String namespace) implements State {}

    /** A service account that some pod of a namespace (of every one when it is empty) runs as. */
    record PodAccount(String namespace) implements State {}

    /** A service account of which a Secret of a namespace (of every one when it is empty) holds a token. */
    record SecretAccount(String namespace) implements State {}

    /** Any user or group that the server does not protect. */
    record AnyUser() implements State {}

    /** Root on some node. */
    record NodeRoot() implements State {}

    /** The end. */
    record ClusterAdmin() implements State {}

    /** For people. */
    default String described() {
        return switch (this) {
            case As as ->
                as.who().described()
                        + (as.roleName().isEmpty()
                                ? ""
                                : " with " + as.roleName() + (as.roleScope().isEmpty() ? "" : " in " + as.roleScope()));
            case AnyAccount any -> "any service account" + where(any.namespace());
            case PodAccount pod -> "a service account of a pod" + where(pod.namespace());
            case SecretAccount secret -> "a service account with a token Secret" + where(secret.namespace());
            case AnyUser _ -> "any user";
            case NodeRoot _ -> "root on a node";
            case ClusterAdmin _ -> "cluster-admin";
        };
    }

    private static String where(String namespace) {
        return namespace.isEmpty() ? " of any namespace" : " of namespace " + namespace;
    }
}
