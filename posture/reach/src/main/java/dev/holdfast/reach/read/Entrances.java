package dev.holdfast.reach.read;

import dev.holdfast.manifest.kubernetes.LabelSelector;
import dev.holdfast.manifest.kubernetes.Origin;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.reach.cluster.Entrance;
import dev.holdfast.reach.cluster.Service;
import dev.holdfast.reach.space.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads services, and what lets the world in to them.
 *
 * <pre>
 * Ingress  spec.defaultBackend, spec.rules[].http.paths[].backend: service { name, port { number | name } }, before v1 serviceName, servicePort
 * Route    spec.to, spec.alternateBackends[]: kind Service, name; spec.port.targetPort
 * </pre>
 */
final class Entrances {
    private Entrances() {}

    static Service service(String namespace, Node root) {
        List<Service.Port> ports = new ArrayList<>();
        for (Node port : root.at("spec", "ports").map(Node::elements).orElse(List.of())) {
            long number = port.get("port").flatMap(Node::wholeNumber).orElse(0L);
            Protocol protocol =
                    Protocol.of(port.textAt("protocol").orElse("TCP")).orElse(Protocol.TCP);
            ports.add(new Service.Port(
                    port.textAt("name").orElse(""),
                    protocol,
                    (int) number,
                    port.textAt("targetPort").orElse(Long.toString(number))));
        }
        return new Service(
                namespace,
                root.textAt("metadata", "name").orElse(""),
                LabelSelector.labels(root, "spec", "selector"),
                ports);
    }

    static List<Entrance> ingress(String file, String namespace, Node root) {
        List<Node> backends = new ArrayList<>();
        root.at("spec", "defaultBackend").or(() -> root.at("spec", "backend")).ifPresent(backends::add);
        for (Node rule : root.at("spec", "rules").map(Node::elements).orElse(List.of())) {
            for (Node path : rule.at("http", "paths").map(Node::elements).orElse(List.of())) {
                path.get("backend").ifPresent(backends::add);
            }
        }
        List<Entrance> entrances = new ArrayList<>();
        for (Node backend : backends) {
            Optional<String> service = backend.textAt("service", "name").or(() -> backend.textAt("serviceName"));
            String port = backend.textAt("service", "port", "number")
                    .or(() -> backend.textAt("service", "port", "name"))
                    .or(() -> backend.textAt("servicePort"))
                    .orElse("");
            service.ifPresent(name -> entrances.add(entrance("Ingress", file, namespace, root, name, port, backend)));
        }
        return entrances;
    }

    static List<Entrance> route(String file, String namespace, Node root) {
        List<Node> backends = new ArrayList<>();
        root.at("spec", "to").ifPresent(backends::add);
        backends.addAll(root.at("spec", "alternateBackends").map(Node::elements).orElse(List.of()));
        String port = root.textAt("spec", "port", "targetPort").orElse("");
        List<Entrance> entrances = new ArrayList<>();
        for (Node backend : backends) {
            boolean isService = backend.textAt("kind").orElse("Service").equals("Service");
            Optional<String> service = backend.textAt("name").filter(name -> isService);
            service.ifPresent(name -> entrances.add(entrance("Route", file, namespace, root, name, port, backend)));
        }
        return entrances;
    }

    private static Entrance entrance(
            String kind, String file, String namespace, Node root, String service, String port, Node backend) {
        return new Entrance(
                kind + " " + namespace + "/" + root.textAt("metadata", "name").orElse(""),
                namespace,
                service,
                port,
                new Origin(file, backend.place().line()));
    }
}
