package dev.holdfast.check.kubernetes;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Inspection;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges objects of the Kubernetes API, each as the server would store it: lists unfolded, defaults filled in, what the pod sets inherited. */
public final class KubernetesInspection implements Inspection {
    private final Secrets secrets = new Secrets();
    private final List<PodCheck> ofPods = List.of(
            new Privileges(),
            new HostSharing(),
            new Mounts(),
            new Users(),
            new Images(),
            new Resources(),
            new Identity(),
            new Operation(),
            secrets);
    private final List<ObjectCheck> ofObjects = List.of(
            new Fields(), secrets, new Networks(), new Roles(), new Webhooks(), new Namespaces(), new Selectors());

    @Override
    public List<Rule> rules() {
        Map<String, Rule> rules = new LinkedHashMap<>();
        ofPods.forEach(check -> check.rules().forEach(rule -> rules.putIfAbsent(rule.id(), rule)));
        ofObjects.forEach(check -> check.rules().forEach(rule -> rules.putIfAbsent(rule.id(), rule)));
        return new ArrayList<>(rules.values());
    }

    @Override
    public void inspect(ManifestFile file, Findings findings) {
        for (KubernetesObject object : KubernetesObject.of(file)) {
            ofObjects.forEach(check -> check.check(object, findings));
            Optional<PodForm> pod = PodForm.of(object);
            pod.ifPresent(form -> ofPods.forEach(check -> check.check(form, findings)));
        }
    }
}
