package dev.holdfast.check;

import dev.holdfast.check.pss.Control;
import dev.holdfast.check.pss.PodSecurity;
import dev.holdfast.check.pss.Violation;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks only whether the pods meet one level of the Pod Security Standards: a result a control, in the server's order and words. */
final class PodSecurityInspection implements Inspection {
    private final PodSecurity standards;
    private final Map<Control, Rule> rules = new EnumMap<>(Control.class);

    PodSecurityInspection(PodSecurity standards) {
        this.standards = standards;
        for (Control control : Control.values()) {
            rules.put(
                    control,
                    Rule.of(
                            control.id(),
                            Severity.HIGH,
                            "control of the Pod Security Standards",
                            "the admission of " + standards + " refuses the pod",
                            InputKind.KUBERNETES));
        }
    }

    @Override
    public List<Rule> rules() {
        return List.copyOf(rules.values());
    }

    @Override
    public void inspect(ManifestFile file, Findings findings) {
        for (KubernetesObject object : KubernetesObject.of(file)) {
            PodForm.of(object).ifPresent(pod -> ask(pod, findings));
        }
    }

    private void ask(PodForm pod, Findings findings) {
        String subject = pod.owner().title();
        for (Map.Entry<Control, Optional<Violation>> answer : standards.ask(pod).entrySet()) {
            Rule rule = rules.get(answer.getKey());
            if (rule == null) {
                continue;
            }
            if (answer.getValue().isPresent()) {
                Violation violation = answer.getValue().get();
                findings.fail(rule, subject, violation.place())
                        .says(violation.text())
                        .add();
            } else {
                findings.pass(rule, subject, pod.owner().place());
            }
        }
    }
}
