package dev.holdfast.server;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.JsonReader;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.server.admission.AdmissionAnswer;
import dev.holdfast.server.admission.AdmissionRequest;
import dev.holdfast.server.admission.AdmissionRequest.Kind;
import dev.holdfast.server.admission.AdmissionRequest.Resource;
import dev.holdfast.server.admission.AdmissionRequest.User;
import dev.holdfast.server.admission.Judge;
import java.util.List;
import java.util.Optional;

/**
 * The proof that the webhook locks nobody out: what the cluster needs to stay alive, and what we need to come back after a restart, is asked
 * of the judge before it may answer anybody. These are the lease and the status of a node, the lease of a controller, a pod and the namespace
 * of our own, and the change of a webhook configuration with which an operator takes us away.
 */
final class OpenDoor {
    private static final User NODE = new User("system:node:proof", "", List.of("system:nodes", "system:authenticated"));
    private static final User CONTROLLER =
            new User("system:kube-controller-manager", "", List.of("system:authenticated"));
    private static final User OPERATOR = new User("operator", "", List.of("system:masters", "system:authenticated"));

    private final String namespace;

    OpenDoor(String namespace) {
        this.namespace = namespace;
    }

    /** @throws InputException naming the first thing that would be kept out, and by what */
    void prove(Judge judge) throws InputException {
        for (AdmissionRequest request : needed()) {
            AdmissionAnswer answer = judge.decide(request);
            if (!answer.isAllowed()) {
                String where = request.namespace().isEmpty() ? "" : " in the namespace " + request.namespace();
                throw new InputException(
                        InputException.Code.USAGE,
                        "these settings would lock the cluster: " + request.operation() + " of " + request.subject()
                                + where
                                + " by " + request.user().name() + " would be denied (" + answer.message()
                                + "); give the namespace mode: off, or narrow the policy");
            }
        }
    }

    private List<AdmissionRequest> needed() {
        String lease =
                "{\"apiVersion\":\"coordination.k8s.io/v1\",\"kind\":\"Lease\",\"metadata\":{\"name\":\"proof\"}}";
        String pod = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"holdfast\",\"namespace\":\""
                + namespace + "\"},\"spec\":{\"containers\":[{\"name\":\"holdfast\",\"image\":\"holdfast\"}]}}";
        return List.of(
                request("UPDATE", "coordination.k8s.io", "Lease", "leases", "kube-node-lease", "proof", NODE, lease),
                request("UPDATE", "", "Node", "nodes", "", "proof", NODE, object("v1", "Node", "proof")),
                request("UPDATE", "coordination.k8s.io", "Lease", "leases", "kube-system", "proof", CONTROLLER, lease),
                request("CREATE", "", "Pod", "pods", namespace, "holdfast", CONTROLLER, pod),
                request(
                        "UPDATE",
                        "",
                        "Namespace",
                        "namespaces",
                        namespace,
                        namespace,
                        OPERATOR,
                        object("v1", "Namespace", namespace)),
                request(
                        "UPDATE",
                        "admissionregistration.k8s.io",
                        "ValidatingWebhookConfiguration",
                        "validatingwebhookconfigurations",
                        "",
                        "holdfast",
                        OPERATOR,
                        object("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "holdfast")));
    }

    private static String object(String apiVersion, String kind, String name) {
        return "{\"apiVersion\":\"" + apiVersion + "\",\"kind\":\"" + kind + "\",\"metadata\":{\"name\":\"" + name
                + "\"}}";
    }

    private static AdmissionRequest request(
            String operation,
            String group,
            String kind,
            String resource,
            String namespace,
            String name,
            User user,
            String json) {
        Optional<Node.Mapping> object =
                new JsonReader(Limits.DEFAULT).read(json) instanceof Document.Read(Node.Mapping root, int _)
                        ? Optional.of(root)
                        : Optional.empty();
        return new AdmissionRequest(
                "admission.k8s.io/v1",
                "proof",
                new Kind(group, "v1", kind),
                new Resource(group, "v1", resource),
                "",
                operation,
                name,
                namespace,
                user,
                object,
                operation.equals("UPDATE") ? object : Optional.empty(),
                Optional.empty(),
                true);
    }
}
