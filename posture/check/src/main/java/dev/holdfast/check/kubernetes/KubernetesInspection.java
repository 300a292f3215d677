package dev.holdfast.check.kubernetes;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Inspection;
import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.tree.Node;
import java.util.List;

/** Judges objects of the Kubernetes API. */
public final class KubernetesInspection implements Inspection {
    private static final Rule HOST_PID = Rule.of(
            "host-pid",
            Severity.HIGH,
            "shares the host's process namespace",
            "its processes see, signal and read the environment of every process of the node",
            InputKind.KUBERNETES);

    @Override
    public List<Rule> rules() {
        return List.of(HOST_PID);
    }

    @Override
    public void inspect(ManifestFile file, Findings findings) {
        for (Node root : file.roots()) {
            root.get("spec")
                    .filter(Node.Mapping.class::isInstance)
                    .map(Node.Mapping.class::cast)
                    .ifPresent(spec -> hostPid(spec, root, findings));
        }
    }

    private static void hostPid(Node.Mapping spec, Node root, Findings findings) {
        String subject = root.textAt("kind").orElse("") + " "
                + root.textAt("metadata", "name").orElse("");
        if (spec.get("hostPID").filter(Node::isTrue).isPresent()) {
            findings.fail(HOST_PID, subject, spec.get("hostPID").orElse(spec).place())
                    .says(subject + " has hostPID: true; " + HOST_PID.why())
                    .fix("remove hostPID", new Repair.RemoveKey(spec, "hostPID"))
                    .add();
        }
    }
}
