package dev.holdfast.reach.cluster;

import dev.holdfast.manifest.kubernetes.Origin;

/**
 * Where an Ingress or a Route lets the world in: the controller that serves it talks to the pods of a service.
 *
 * @param title {@code Ingress shop/web}
 * @param port a number or a name of the service's ports, or of those of its pods, as Routes have it and Ingresses are often written; empty for
 *     all of them
 */
public record Entrance(String title, String namespace, String service, String port, Origin origin) {
    /** Whether it means a port of the service. */
    public boolean means(Service.Port candidate) {
        return port.isEmpty()
                || port.equals(candidate.name())
                || port.equals(Integer.toString(candidate.number()))
                || port.equals(candidate.target());
    }
}
