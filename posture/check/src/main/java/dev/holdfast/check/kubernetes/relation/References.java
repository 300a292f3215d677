package dev.holdfast.check.kubernetes.relation;

import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.NEGLIGIBLE;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names of other objects that workloads and scalers give. */
final class References implements Relation {
    private static final Rule NO_TARGET = Rule.of(
            "hpa-target-missing",
            LOW,
            "a scaler of a workload that is not there",
            "nothing is scaled, so a rush of requests is not met",
            KUBERNETES);
    private static final Rule REPLICAS_WRITTEN = Rule.of(
            "hpa-against-replicas",
            LOW,
            "a number of replicas that a scaler is to choose",
            "each time that the file is applied the number is set back",
            KUBERNETES);
    private static final Rule NO_CONFIGURATION = Rule.of(
            "configmap-missing",
            LOW,
            "names a ConfigMap that is not there",
            "its pods do not start until there is one",
            KUBERNETES);
    private static final Rule NO_SECRET = Rule.of(
                    "secret-missing",
                    NEGLIGIBLE,
                    "names a Secret that is not there",
                    "its pods do not start until there is one; Secrets are often kept elsewhere, and should be",
                    KUBERNETES)
            .strict();
    private static final Rule NO_CLAIM = Rule.of(
            "volume-claim-missing",
            LOW,
            "names a volume claim that is not there",
            "its pods are not scheduled until there is one",
            KUBERNETES);

    private static final List<String> SCALED =
            List.of("Deployment", "StatefulSet", "ReplicaSet", "ReplicationController");

    @Override
    public List<Rule> rules() {
        return List.of(NO_TARGET, REPLICAS_WRITTEN, NO_CONFIGURATION, NO_SECRET, NO_CLAIM);
    }

    @Override
    public void judge(Given given, Findings out) {
        given.ofKind("HorizontalPodAutoscaler").forEach(scaler -> scaler(scaler, given, out));
        for (PodForm pod : given.pods()) {
            Findings here = out.in(pod.owner().path());
            Set<String> told = new HashSet<>();
            for (Named one : names(pod)) {
                if (told.add(one.kind() + "/" + one.name())) {
                    named(pod, one, given, here);
                }
            }
        }
    }

    private static void scaler(KubernetesObject scaler, Given given, Findings out) {
        Optional<Node> reference = scaler.root().at("spec", "scaleTargetRef");
        String kind = reference.flatMap(node -> node.textAt("kind")).orElse("");
        Optional<Node> name = reference.flatMap(node -> node.get("name"));
        if (name.isEmpty() || !SCALED.contains(kind)) {
            return;
        }
        String text = name.get().textAt().orElse("");
        Optional<KubernetesObject> target = given.find(kind, text, scaler);
        Findings here = out.in(scaler.path());
        if (target.isPresent()) {
            here.pass(NO_TARGET, scaler.title(), name.get().place());
            Optional<Node> replicas = target.get().root().at("spec", "replicas");
            replicas.ifPresent(node -> out.in(target.get().path())
                    .fail(REPLICAS_WRITTEN, target.get().title(), node.place())
                    .says(target.get().title() + " has replicas: "
                            + node.textAt().orElse("") + ", and " + scaler.title() + " scales it; "
                            + REPLICAS_WRITTEN.why())
                    .fix("remove replicas; minReplicas of the scaler says the least")
                    .add());
        } else if (given.isWhole(scaler) && given.keeps(kind, scaler)) {
            here.fail(NO_TARGET, scaler.title(), name.get().place())
                    .says(scaler.title() + " scales " + kind + " " + text + ", which is not among what is given; "
                            + NO_TARGET.why())
                    .fix("the name of the workload that is meant")
                    .add();
        } else {
            here.notAssessed(
                    NO_TARGET, scaler.title(), name.get().place(), kind + " " + text + " is not among what is given");
        }
    }

    /** A name that a pod gives, and of what. */
    private record Named(Rule rule, String kind, String name, Node at) {}

    private static List<Named> names(PodForm pod) {
        List<Named> names = new ArrayList<>();
        for (Node volume : pod.volumes()) {
            add(NO_CONFIGURATION, "ConfigMap", volume.get("configMap"), "name", names);
            add(NO_SECRET, "Secret", volume.get("secret"), "secretName", names);
            add(NO_CLAIM, "PersistentVolumeClaim", volume.get("persistentVolumeClaim"), "claimName", names);
            for (Node source :
                    volume.at("projected", "sources").map(Node::elements).orElse(List.of())) {
                add(NO_CONFIGURATION, "ConfigMap", source.get("configMap"), "name", names);
                add(NO_SECRET, "Secret", source.get("secret"), "name", names);
            }
        }
        for (Container container : pod.containers()) {
            for (Node source :
                    container.node().get("envFrom").map(Node::elements).orElse(List.of())) {
                add(NO_CONFIGURATION, "ConfigMap", source.get("configMapRef"), "name", names);
                add(NO_SECRET, "Secret", source.get("secretRef"), "name", names);
            }
            for (Node variable : container.node().get("env").map(Node::elements).orElse(List.of())) {
                add(NO_CONFIGURATION, "ConfigMap", variable.at("valueFrom", "configMapKeyRef"), "name", names);
                add(NO_SECRET, "Secret", variable.at("valueFrom", "secretKeyRef"), "name", names);
            }
        }
        return names;
    }

    private static void add(Rule rule, String kind, Optional<Node> reference, String field, List<Named> names) {
        Optional<Node> name = reference
                .filter(node -> node.get("optional").filter(Node::isTrue).isEmpty())
                .flatMap(node -> node.get(field));
        name.ifPresent(at -> names.add(new Named(rule, kind, at.textAt().orElse(""), at)));
    }

    private static void named(PodForm pod, Named one, Given given, Findings out) {
        KubernetesObject owner = pod.owner();
        if (given.find(one.kind(), one.name(), owner).isPresent() || isMadeByServer(one.name())) {
            out.pass(one.rule(), owner.title(), one.at().place());
        } else if (given.isWhole(owner) && given.keeps(one.kind(), owner)) {
            out.fail(one.rule(), owner.title(), one.at().place())
                    .says(owner.title() + " names the " + one.kind() + " " + one.name()
                            + ", which is not among what is given; "
                            + one.rule().why())
                    .fix("the name of one that is there, or optional: true where it may be missing")
                    .add();
        } else {
            out.notAssessed(
                    one.rule(),
                    owner.title(),
                    one.at().place(),
                    "the " + one.kind() + " " + one.name() + " is not among what is given");
        }
    }

    private static boolean isMadeByServer(String name) {
        return name.equals("kube-root-ca.crt") || name.equals("openshift-service-ca.crt") || name.contains("$");
    }
}
