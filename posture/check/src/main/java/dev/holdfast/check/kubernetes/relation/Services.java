package dev.holdfast.check.kubernetes.relation;

import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Optional;

/** Services with the pods behind them, and what leads to services. */
final class Services implements Relation {
    private static final Rule NOTHING = Rule.of(
            "service-selects-nothing",
            MEDIUM,
            "a service that selects no pod",
            "requests to it are refused; a pod that takes the labels later gets them",
            KUBERNETES);
    private static final Rule NO_SUCH_PORT = Rule.of(
            "service-target-port-missing",
            MEDIUM,
            "a service that leads to a port which its pods do not name",
            "it has no endpoint, and requests to it are refused",
            KUBERNETES);
    private static final Rule NO_BACKEND = Rule.of(
            "ingress-backend-missing",
            MEDIUM,
            "a route to a service that is not there",
            "requests are answered with an error, or by whoever makes a service of that name",
            KUBERNETES);

    @Override
    public List<Rule> rules() {
        return List.of(NOTHING, NO_SUCH_PORT, NO_BACKEND);
    }

    @Override
    public void judge(Given given, Findings out) {
        for (KubernetesObject service : given.ofKind("Service")) {
            Optional<Node> selector = service.root().at("spec", "selector");
            if (service.group().isEmpty()
                    && selector.filter(one -> !one.entries().isEmpty()).isPresent()) {
                service(service, selector.get(), given, out.in(service.path()));
            }
        }
        for (KubernetesObject ingress : given.ofKind("Ingress")) {
            for (Node rule :
                    ingress.root().at("spec", "rules").map(Node::elements).orElse(List.of())) {
                for (Node path : rule.at("http", "paths").map(Node::elements).orElse(List.of())) {
                    path.get("backend").ifPresent(backend -> backend(ingress, backend, given, out.in(ingress.path())));
                }
            }
            ingress.root()
                    .at("spec", "defaultBackend")
                    .or(() -> ingress.root().at("spec", "backend"))
                    .ifPresent(backend -> backend(ingress, backend, given, out.in(ingress.path())));
        }
    }

    private static void service(KubernetesObject service, Node node, Given given, Findings out) {
        Selector selector = Selector.ofLabels(Optional.of(node));
        List<PodForm> pods = given.selected(selector, service);
        if (!pods.isEmpty()) {
            out.pass(NOTHING, service.title(), node.place());
            ports(service, pods, out);
        } else if (given.isWhole(service) && given.keepsPods(service)) {
            out.fail(NOTHING, service.title(), node.place())
                    .says(service.title() + " selects " + selector + ", and no workload here makes such pods; "
                            + NOTHING.why())
                    .fix("the labels of the pod template that is meant")
                    .add();
        } else {
            out.notAssessed(NOTHING, service.title(), node.place(), "what it selects is not among what is given");
        }
    }

    private static void ports(KubernetesObject service, List<PodForm> pods, Findings out) {
        for (Node port : service.root().at("spec", "ports").map(Node::elements).orElse(List.of())) {
            Optional<Node> target = port.get("targetPort");
            String name = target.flatMap(Node::textAt).orElse("");
            boolean isNumber = name.isEmpty() || name.chars().allMatch(Character::isDigit);
            if (!isNumber && pods.stream().noneMatch(pod -> hasPort(pod, name))) {
                Place place = target.map(Node::place).orElse(port.place());
                out.fail(NO_SUCH_PORT, service.title(), place)
                        .says(service.title() + " leads to the port " + name + ", which no container of "
                                + pods.getFirst().owner().title() + " names; " + NO_SUCH_PORT.why())
                        .fix("ports: [{name: " + name + ", containerPort: …}] of the container, or the number here")
                        .add();
                return;
            }
        }
        out.pass(NO_SUCH_PORT, service.title(), service.place());
    }

    private static boolean hasPort(PodForm pod, String name) {
        for (Container container : pod.containers()) {
            for (Node port : container.node().get("ports").map(Node::elements).orElse(List.of())) {
                if (port.textAt("name").filter(name::equals).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void backend(KubernetesObject ingress, Node backend, Given given, Findings out) {
        Optional<Node> name = backend.at("service", "name").or(() -> backend.get("serviceName"));
        if (name.isEmpty()
                || backend.textAt("service", "port", "name")
                        .filter("use-annotation"::equals)
                        .isPresent()) {
            return;
        }
        String text = name.get().textAt().orElse("");
        Optional<KubernetesObject> service = given.find("Service", text, ingress);
        if (service.isPresent()) {
            boolean isNear = Given.folder(service.get().path()).equals(Given.folder(ingress.path()));
            if (isNear) { // one of the same name elsewhere may be another project's
                port(ingress, backend, service.get(), out);
            }
        } else if (given.isWhole(ingress) && given.keeps("Service", ingress)) {
            out.fail(NO_BACKEND, ingress.title(), name.get().place())
                    .says(ingress.title() + " leads to the service " + text + ", which is not among what is given; "
                            + NO_BACKEND.why())
                    .fix("the name of a service")
                    .add();
        } else {
            out.notAssessed(
                    NO_BACKEND,
                    ingress.title(),
                    name.get().place(),
                    "the service " + text + " is not among what is given");
        }
    }

    private static void port(KubernetesObject ingress, Node backend, KubernetesObject service, Findings out) {
        Optional<Node> wanted = backend.at("service", "port", "number")
                .or(() -> backend.at("service", "port", "name"))
                .or(() -> backend.get("servicePort"));
        String text = wanted.flatMap(Node::textAt).orElse("");
        List<Node> ports =
                service.root().at("spec", "ports").map(Node::elements).orElse(List.of());
        boolean isThere = text.isEmpty()
                || ports.isEmpty()
                || ports.stream()
                        .anyMatch(port -> port.textAt("port")
                                        .filter(text::equals)
                                        .isPresent()
                                || port.textAt("name").filter(text::equals).isPresent());
        if (isThere) {
            out.pass(NO_BACKEND, ingress.title(), backend.place());
        } else {
            out.fail(NO_BACKEND, ingress.title(), wanted.map(Node::place).orElse(backend.place()))
                    .says(ingress.title() + " leads to the port " + text + " of " + service.title()
                            + ", which has no such port; " + NO_BACKEND.why())
                    .fix("a port, or the name of one, of the service")
                    .add();
        }
    }
}
