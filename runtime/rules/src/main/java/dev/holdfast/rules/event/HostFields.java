package dev.holdfast.rules.event;

/**
 * What fields say of an event of the machine itself, which belongs to no container: the container is called {@code host}, and has neither an
 * image nor a pod. So it is known without the event which rules hold in containers only. A source that leaves such events out gives its
 * fields these values.
 */
public final class HostFields {
    private static final String HOST = "host";

    private HostFields() {}

    /** Writes the value of a field that is used without an argument, or leaves it absent when there is none; false when it is not known. */
    public static boolean read(String field, Value into) {
        return switch (field) {
            case "container.id", "container.full_id", "container.name", "container.type" -> {
                into.set(HOST);
                yield true;
            }
            case "container.image",
                    "container.image.id",
                    "container.image.repository",
                    "container.image.tag",
                    "container.image.digest",
                    "container.privileged",
                    "k8s.ns.name",
                    "k8s.pod.name",
                    "k8s.pod.id",
                    "k8s.pod.uid" -> true;
            default -> false;
        };
    }
}
