package dev.holdfast.reach.cluster;

import dev.holdfast.reach.space.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service.
 *
 * @param selector the labels of its pods; empty for one whose endpoints somebody else writes
 */
public record Service(String namespace, String name, Map<String, String> selector, List<Port> ports) {
    public Service {
        selector = Map.copyOf(selector);
        ports = List.copyOf(ports);
    }

    /**
     * A port.
     *
     * @param name may be empty
     * @param target the port of the pods: a number, or the name of one of theirs
     */
    public record Port(String name, Protocol protocol, int number, String target) {
        /** Its number in a pod; empty when the pod has no port of that name. */
        public Optional<Integer> of(Pod pod) {
            if (target.matches("[0-9]{1,5}")) {
                return Optional.of(Integer.parseInt(target));
            }
            return pod.ports().stream()
                    .filter(port -> port.name().equals(target) && port.protocol() == protocol)
                    .map(Pod.NamedPort::number)
                    .findFirst();
        }
    }

    /** Whether a pod is one of its own. */
    public boolean chooses(Pod pod) {
        return !selector.isEmpty()
                && pod.namespace().equals(namespace)
                && pod.labels().entrySet().containsAll(selector.entrySet());
    }
}
