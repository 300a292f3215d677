package dev.holdfast.check.kubernetes;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.PodForm;
import java.util.List;

/** Looks for a group of related weaknesses in a pod. */
interface PodCheck {
    List<Rule> rules();

    void check(PodForm pod, Findings out);
}
