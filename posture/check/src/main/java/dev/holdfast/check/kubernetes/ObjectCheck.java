package dev.holdfast.check.kubernetes;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import java.util.List;

/** Looks for a group of related weaknesses in an object. */
interface ObjectCheck {
    List<Rule> rules();

    void check(KubernetesObject object, Findings out);
}
