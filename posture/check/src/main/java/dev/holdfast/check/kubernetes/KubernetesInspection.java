package dev.holdfast.check.kubernetes;

import dev.holdfast.check.ContainerRules;
import dev.holdfast.check.Findings;
import dev.holdfast.check.Inspection;
import dev.holdfast.check.Rule;
import dev.holdfast.check.join.KnownImages;
import dev.holdfast.check.kubernetes.relation.Relations;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges objects of the Kubernetes API, each as the server would store it: lists unfolded, defaults filled in, what the pod sets inherited. */
public final class KubernetesInspection implements Inspection {
    private static final Rule PART = Rule.of(
            "kustomize-patch",
            Severity.LOW,
            "part of an object",
            "a patch says only what it changes; what it is put on says the rest",
            InputKind.KUBERNETES);

    /** Weaknesses that are there because somebody wrote them, whatever else stands beside. */
    private static final List<Rule> WRITTEN = List.of(
            ContainerRules.PRIVILEGED,
            ContainerRules.CAPABILITY_ADDED,
            ContainerRules.HOST_NETWORK,
            ContainerRules.HOST_PID,
            ContainerRules.HOST_IPC,
            ContainerRules.RUNTIME_SOCKET,
            ContainerRules.HOST_PATH,
            ContainerRules.SECCOMP_OFF,
            ContainerRules.APPARMOR_OFF,
            ContainerRules.SELINUX_OFF,
            ContainerRules.SECRET_IN_ENVIRONMENT,
            ContainerRules.SECRET_IN_COMMAND,
            Mounts.ANY_HOST_PATH);

    private final LimitDefaults defaults = new LimitDefaults();
    private final Secrets secrets = new Secrets();
    private final Roles roles = new Roles();
    private final Relations relations =
            new Relations(role -> Findings.aside(role.path(), roles.rules(), out -> roles.check(role, out)));
    private final List<PodCheck> ofPods;
    private final List<ObjectCheck> ofObjects =
            List.of(new Fields(), secrets, new Networks(), roles, new Webhooks(), new Namespaces(), new Selectors());

    /** @param images what is known of the images that pods name */
    public KubernetesInspection(KnownImages images) {
        this.ofPods = List.of(
                new Privileges(),
                new HostSharing(),
                new Mounts(),
                new Users(images),
                new Images(),
                new Resources(defaults),
                new Identity(),
                new Operation(),
                secrets);
    }

    @Override
    public List<Rule> rules() {
        Map<String, Rule> rules = new LinkedHashMap<>();
        rules.put(PART.id(), PART);
        ofPods.forEach(check -> check.rules().forEach(rule -> rules.putIfAbsent(rule.id(), rule)));
        ofObjects.forEach(check -> check.rules().forEach(rule -> rules.putIfAbsent(rule.id(), rule)));
        relations.rules().forEach(rule -> rules.putIfAbsent(rule.id(), rule));
        return new ArrayList<>(rules.values());
    }

    @Override
    public void prepare(List<ManifestFile> files) {
        defaults.read(files);
    }

    @Override
    public void inspect(ManifestFile file, Findings findings) {
        for (Node root : file.roots()) {
            if (!KubernetesObject.isOne(root)) {
                findings.gap(Gap.Code.UNREADABLE, root.place(), "no Kubernetes object: kind or apiVersion is missing");
            }
        }
        for (KubernetesObject object : KubernetesObject.of(file)) {
            Optional<PodForm> pod = PodForm.of(object);
            if (isPart(object)) {
                findings.notAssessed(
                        PART,
                        object.title(),
                        object.place(),
                        object.title() + " is only part of an object: " + PART.why());
                Findings written = findings.ofPart(WRITTEN);
                pod.ifPresent(form -> ofPods.forEach(check -> check.check(form, written)));
                continue;
            }
            ofObjects.forEach(check -> check.check(object, findings));
            pod.ifPresent(form -> ofPods.forEach(check -> check.check(form, findings)));
        }
    }

    @Override
    public void together(List<ManifestFile> files, List<String> unread, Findings findings) {
        relations.judge(files, unread, findings);
    }

    /** A workload without what the server demands of every workload: a selector, and containers with images. */
    private static boolean isPart(KubernetesObject object) {
        if (!PodForm.isBuiltIn(object)) {
            return false;
        }
        Optional<PodForm> pod = PodForm.of(object);
        boolean hasImage = pod.isPresent()
                && pod.get().containers().stream()
                        .anyMatch(container -> container.node().get("image").isPresent());
        return !hasImage;
    }
}
