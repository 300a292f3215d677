package dev.holdfast.manifest.kubernetes;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.Optional;

/**
 * A container of a pod.
 *
 * @param role when it runs
 * @param fieldPath where it is in the pod's spec: {@code initContainers[0]}
 */
public record Container(Role role, String fieldPath, Node.Mapping node) {
    /** When a container runs. */
    public enum Role {
        /** Before the others, to its end. */
        INIT("initContainers"),
        /** As long as the pod does. */
        MAIN("containers"),
        /** Put into a pod that runs, by hand. */
        EPHEMERAL("ephemeralContainers");

        private final String field;

        Role(String field) {
            this.field = field;
        }

        /** The list in the pod's spec that holds them. */
        public String field() {
            return field;
        }
    }

    public String name() {
        return node.textAt("name").orElse("");
    }

    /** Where its name is written, or where it begins. */
    public Place place() {
        return node.entry("name").map(entry -> entry.key().place()).orElse(node.place());
    }

    public Optional<Node> securityContext(String... keys) {
        return node.get("securityContext").flatMap(context -> context.at(keys));
    }

    /** An init container that runs beside the others until the pod ends. */
    public boolean isSidecar() {
        return role == Role.INIT
                && node.textAt("restartPolicy").filter("Always"::equals).isPresent();
    }
}
