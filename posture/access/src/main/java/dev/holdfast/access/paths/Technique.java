package dev.holdfast.access.paths;

import java.util.Locale;

/** How one step is done. {@link #word()} is the stable name in JSON. */
public enum Technique {
    /** Everything is already held. */
    HELD("holds every right in the whole cluster"),
    /** RBAC is not even asked for members of system:masters. */
    MASTERS("is a member of system:masters, of whom RBAC is not asked"),
    BIND("binds itself to a role that it does not hold"),
    ESCALATE("writes more rights into a role than it holds"),
    IMPERSONATE("acts as somebody else"),
    CREATE_POD("starts a pod that runs as any service account of its namespace"),
    CHANGE_WORKLOAD("changes a workload's pods so that they run as any service account of its namespace"),
    CUSTOM_WORKLOAD("lets a controller start pods that run as any service account of their namespace"),
    CHANGE_POD("changes the image of a running pod, and acts as its service account"),
    EXEC("runs a command in a pod, and reads the token of its service account"),
    ATTACH("attaches to a process of a pod"),
    EPHEMERAL_CONTAINER("adds a container to a running pod, and reads the token of its service account"),
    READ_SECRETS("reads Secrets that hold service-account tokens"),
    MAKE_TOKEN_SECRET("creates a Secret into which the server writes a service account's token, and reads it"),
    REQUEST_TOKEN("asks the server for a service account's token"),
    NODE_PROXY("runs commands in pods through the kubelet"),
    MUTATING_WEBHOOK("changes what others write, through a webhook or policy of its own"),
    VALIDATING_WEBHOOK("reads what others write, Secrets included, through a webhook of its own"),
    APPROVE_CERTIFICATE("approves a certificate that names anybody"),
    PRIVILEGED_POD("starts a privileged pod, which is root on its node"),
    LIFT_POD_SECURITY("takes the Pod Security label off a namespace, and starts a privileged pod there"),
    HOST_VOLUME("mounts a node's disk through a PersistentVolume that Pod Security does not look at"),
    AWS_AUTH("writes itself into the map of Amazon EKS from IAM to system:masters"),
    /** What follows from where one is, without any right. */
    TAKE_ACCOUNT("takes one of the service accounts"),
    TAKE_NODE("reads what lies on the node"),
    TAKE_USER("takes one of the users");

    private final String sentence;

    Technique(String sentence) {
        this.sentence = sentence;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is done, to follow a name. */
    public String sentence() {
        return sentence;
    }
}
