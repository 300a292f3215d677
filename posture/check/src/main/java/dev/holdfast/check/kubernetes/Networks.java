package dev.holdfast.check.kubernetes;

import static dev.holdfast.core.Severity.HIGH;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Optional;

/** Who can reach what: services, ingresses, network policies. */
final class Networks implements ObjectCheck {
    private static final Rule EXTERNAL_IPS = Rule.of(
            "service-external-ips",
            HIGH,
            "claims addresses outside of the cluster",
            "traffic of the whole cluster to these addresses is led to this service (CVE-2020-8554)",
            KUBERNETES);
    private static final Rule OPEN_BALANCER = Rule.of(
            "service-open-load-balancer",
            LOW,
            "is open to every address",
            "unless the network stops them, everybody reaches the pods behind it",
            KUBERNETES);
    private static final Rule NODE_PORT = Rule.of(
                    "service-node-port",
                    LOW,
                    "opens a port on every node",
                    "who reaches any node reaches the service, past the ingress",
                    KUBERNETES)
            .strict();
    private static final Rule NO_TLS = Rule.of(
            "ingress-no-tls",
            MEDIUM,
            "takes requests without TLS",
            "what is sent, passwords and cookies too, can be read and changed on the way",
            KUBERNETES);
    private static final Rule ANY_HOST = Rule.of(
                    "ingress-wildcard-host",
                    LOW,
                    "answers for every name",
                    "a name that points here by mistake, or on purpose, gets this service",
                    KUBERNETES)
            .strict();
    private static final Rule SNIPPET = Rule.of(
            "ingress-nginx-snippet",
            HIGH,
            "writes into the proxy's configuration",
            "who may write this annotation reads the Secrets of every namespace through the proxy (CVE-2021-25742)",
            KUBERNETES);
    private static final Rule ALLOWS_ALL = Rule.of(
            "network-policy-allows-all",
            MEDIUM,
            "a network policy that lets everybody in",
            "it looks like a fence and is none: for the pods that it selects it says that all may come",
            KUBERNETES);
    private static final Rule EGRESS_OPEN = Rule.of(
                    "network-policy-egress-open",
                    LOW,
                    "a network policy that lets everything out",
                    "the metadata service of the cloud (169.254.169.254) is among what can be reached",
                    KUBERNETES)
            .strict();

    @Override
    public List<Rule> rules() {
        return List.of(EXTERNAL_IPS, OPEN_BALANCER, NODE_PORT, NO_TLS, ANY_HOST, SNIPPET, ALLOWS_ALL, EGRESS_OPEN);
    }

    @Override
    public void check(KubernetesObject object, Findings out) {
        switch (object.kind()) {
            case "Service" -> service(object, out);
            case "Ingress" -> ingress(object, out);
            case "NetworkPolicy" -> networkPolicy(object, out);
            default -> {}
        }
    }

    private static void service(KubernetesObject object, Findings out) {
        if (!object.group().isEmpty()) {
            return;
        }
        Optional<Node> external = object.root()
                .at("spec", "externalIPs")
                .filter(ips -> !ips.elements().isEmpty());
        WrongPlace.tell(
                EXTERNAL_IPS,
                object,
                external.map(Node::place),
                object.title() + " sets externalIPs",
                "remove externalIPs; use a load balancer",
                out);
        Optional<Node> type = object.root().at("spec", "type");
        String word = type.flatMap(Node::textAt).orElse("ClusterIP");
        boolean isOpen = word.equals("LoadBalancer")
                && isEmpty(object.root().at("spec", "loadBalancerSourceRanges"))
                && !isInternal(object);
        WrongPlace.tell(
                OPEN_BALANCER,
                object,
                isOpen ? type.map(Node::place) : Optional.empty(),
                object.title() + " is a LoadBalancer without loadBalancerSourceRanges",
                "spec.loadBalancerSourceRanges: the networks that may come, or the cloud's annotation for an internal one",
                out);
        WrongPlace.tell(
                NODE_PORT,
                object,
                word.equals("NodePort") ? type.map(Node::place) : Optional.empty(),
                object.title() + " is of type NodePort",
                "type: ClusterIP behind an ingress",
                out);
    }

    private static boolean isEmpty(Optional<Node> list) {
        return list.map(Node::elements).orElse(List.of()).isEmpty();
    }

    /** The clouds' annotations, each its own, all say internal or private. */
    private static boolean isInternal(KubernetesObject object) {
        if (object.root().at("spec", "loadBalancerClass").isPresent()) {
            return true;
        }
        for (Node.Entry annotation :
                object.root().at("metadata", "annotations").map(Node::entries).orElse(List.of())) {
            String key = annotation.key().text().toLowerCase(java.util.Locale.ROOT);
            String value = annotation.value().textAt().orElse("").toLowerCase(java.util.Locale.ROOT);
            boolean isOff = value.equals("false");
            boolean saysInternal = key.contains("internal") || value.equals("internal") || value.equals("private");
            if (saysInternal && !isOff || key.contains("source-ranges")) {
                return true;
            }
        }
        return false;
    }

    private static void ingress(KubernetesObject object, Findings out) {
        boolean hasTls = !isEmpty(object.root().at("spec", "tls"));
        boolean isElsewhere = isTlsElsewhere(object);
        Place spec = key(object, "spec");
        if (!hasTls && isElsewhere) {
            out.notAssessed(NO_TLS, object.title(), spec, "an annotation says that TLS ends elsewhere");
        } else {
            WrongPlace.tell(
                    NO_TLS,
                    object,
                    hasTls ? Optional.empty() : Optional.of(spec),
                    object.title() + " has no tls section",
                    "spec.tls: the hosts, and the Secret with their certificate",
                    out);
        }
        Optional<Place> open = Optional.empty();
        for (Node rule : object.root().at("spec", "rules").map(Node::elements).orElse(List.of())) {
            String host = rule.textAt("host").orElse("");
            if (open.isEmpty() && (host.isEmpty() || host.startsWith("*"))) {
                open = Optional.of(rule.get("host").map(Node::place).orElse(rule.place()));
            }
        }
        WrongPlace.tell(
                ANY_HOST,
                object,
                open,
                object.title() + " has a rule for every host",
                "host: the name that is meant",
                out);
        Optional<Place> snippet = Optional.empty();
        for (Node.Entry annotation :
                object.root().at("metadata", "annotations").map(Node::entries).orElse(List.of())) {
            if (annotation.key().text().endsWith("-snippet")
                    && annotation.key().text().startsWith("nginx.ingress.kubernetes.io/")) {
                snippet = snippet.or(() -> Optional.of(annotation.key().place()));
            }
        }
        WrongPlace.tell(
                SNIPPET,
                object,
                snippet,
                object.title() + " has a snippet annotation",
                "remove it; use the controller's own settings",
                out);
    }

    private static boolean isTlsElsewhere(KubernetesObject object) {
        for (Node.Entry annotation :
                object.root().at("metadata", "annotations").map(Node::entries).orElse(List.of())) {
            String key = annotation.key().text();
            if (key.contains("certificate-arn")
                    || key.contains("managed-certificates")
                    || key.contains("pre-shared-cert")
                    || key.contains("router.tls")
                    || key.contains("appgw-ssl-certificate")) {
                return true;
            }
        }
        return false;
    }

    private static void networkPolicy(KubernetesObject object, Findings out) {
        if (!object.group().equals("networking.k8s.io") && !object.group().equals("extensions")) {
            return;
        }
        WrongPlace.tell(
                ALLOWS_ALL,
                object,
                open(object, "ingress", "from"),
                object.title() + " has an ingress rule without a restriction",
                "from: the pods, namespaces or networks that may come",
                out);
        WrongPlace.tell(
                EGRESS_OPEN,
                object,
                open(object, "egress", "to"),
                object.title() + " has an egress rule without a restriction",
                "to: what is needed, with 169.254.169.254/32 excepted",
                out);
    }

    /** A rule without peers, or with the whole of IPv4 or IPv6 among them, is open to all; ports narrow it to a door, so then it is none. */
    private static Optional<Place> open(KubernetesObject object, String list, String peers) {
        for (Node rule : object.root().at("spec", list).map(Node::elements).orElse(List.of())) {
            boolean hasPorts = !isEmpty(rule.get("ports"));
            if (isEmpty(rule.get(peers)) && !hasPorts) {
                return Optional.of(rule.place());
            }
            for (Node peer : rule.get(peers).map(Node::elements).orElse(List.of())) {
                Optional<Node> cidr = peer.at("ipBlock", "cidr");
                String range = cidr.flatMap(Node::textAt).orElse("");
                boolean isAll = range.equals("0.0.0.0/0") || range.equals("::/0");
                if (isAll && isEmpty(peer.at("ipBlock", "except")) && !hasPorts) {
                    return cidr.map(Node::place);
                }
            }
        }
        return Optional.empty();
    }

    private static Place key(KubernetesObject object, String field) {
        return object.root().entry(field).map(entry -> entry.key().place()).orElse(object.place());
    }
}
