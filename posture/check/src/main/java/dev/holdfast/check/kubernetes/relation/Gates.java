package dev.holdfast.check.kubernetes.relation;

import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.check.kubernetes.Webhooks;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.tree.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Admission webhooks with the service that answers for them and the namespaces that they are asked about. */
final class Gates implements Relation {
    private static final Rule NO_SERVICE = Rule.of(
            "webhook-service-missing",
            MEDIUM,
            "a webhook whose service is not there",
            "every request that it is asked about is refused, or passed unseen",
            KUBERNETES);

    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    @Override
    public List<Rule> rules() {
        return List.of(NO_SERVICE, Webhooks.SELF_LOCK);
    }

    @Override
    public void judge(Given given, Findings out) {
        for (String kind : List.of("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")) {
            for (KubernetesObject object : given.ofKind(kind)) {
                for (Node webhook :
                        object.root().get("webhooks").map(Node::elements).orElse(List.of())) {
                    webhook.at("clientConfig", "service").ifPresent(service -> {
                        service(object, service, given, out.in(object.path()));
                        own(object, webhook, service, given, out.in(object.path()));
                    });
                }
            }
        }
    }

    private static void service(KubernetesObject object, Node service, Given given, Findings out) {
        Optional<Node> name = service.get("name");
        String space = service.textAt("namespace").orElse("");
        String text = name.flatMap(Node::textAt).orElse("");
        boolean isThere = given.ofKind("Service").stream()
                .anyMatch(one -> one.name().equals(text)
                        && one.namespace().map(space::equals).orElse(true));
        if (name.isEmpty() || isThere) {
            return;
        }
        if (given.isWhole(object) && given.keeps("Service", object)) {
            out.fail(NO_SERVICE, object.title(), name.get().place())
                    .says(object.title() + " asks the service " + space + "/" + text
                            + ", which is not among what is given; " + NO_SERVICE.why())
                    .fix("the name and namespace of the service")
                    .add();
        } else {
            out.notAssessed(
                    NO_SERVICE,
                    object.title(),
                    name.get().place(),
                    "the service " + text + " is not among what is given");
        }
    }

    /** A selector of namespaces by which the webhook's own is still among those that it is asked about. */
    private static void own(KubernetesObject object, Node webhook, Node service, Given given, Findings out) {
        Optional<Node> node =
                webhook.get("namespaceSelector").filter(one -> !one.entries().isEmpty());
        String space = service.textAt("namespace").orElse("");
        if (node.isEmpty() || space.isEmpty() || !Webhooks.isClosedForNeeded(object, webhook)) {
            return;
        }
        Selector selector = Selector.of(node);
        Optional<KubernetesObject> namespace = given.ofKind("Namespace").stream()
                .filter(one -> one.name().equals(space))
                .findFirst();
        boolean isDecided = namespace.isPresent()
                || selector.terms().stream().allMatch(term -> term.key().equals(NAME_LABEL));
        Map<String, String> labels =
                new HashMap<>(namespace.map(one -> Given.labels(one.root())).orElse(Map.of()));
        labels.put(NAME_LABEL, space);
        String subject = object.title() + ", webhook " + webhook.textAt("name").orElse("");
        if (!isDecided) {
            out.notAssessed(
                    Webhooks.SELF_LOCK,
                    subject,
                    node.get().place(),
                    "the labels of its namespace " + space + " are not known");
        } else if (!selector.matches(labels)) {
            out.pass(Webhooks.SELF_LOCK, subject, node.get().place());
        } else {
            out.fail(Webhooks.SELF_LOCK, subject, node.get().place())
                    .says(subject + " refuses when it does not answer, and its namespaceSelector (" + selector
                            + ") covers its own namespace " + space + "; " + Webhooks.SELF_LOCK.why())
                    .fix("namespaceSelector: " + NAME_LABEL + " NotIn [" + space + ", kube-system]")
                    .add();
        }
    }
}
