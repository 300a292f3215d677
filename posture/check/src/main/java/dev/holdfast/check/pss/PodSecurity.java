package dev.holdfast.check.pss;

import dev.holdfast.manifest.kubernetes.PodForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks pods what one level and version of the standards demand.
 *
 * @param version controls of a version that is still to come are those of {@link PodSecurityVersion#NEWEST}, as the server has it
 */
public record PodSecurity(PodSecurityLevel level, PodSecurityVersion version) {
    /** What each control that is asked comes to, in the server's order; empty for a control that is met. */
    public Map<Control, Optional<Violation>> ask(PodForm pod) {
        Map<Control, Optional<Violation>> answers = new LinkedHashMap<>();
        for (Control control : Control.values()) {
            if (control.isAsked(level, version)) {
                answers.put(control, control.ask(pod, version));
            }
        }
        return answers;
    }

    /** Only what is not met. */
    public List<Violation> violations(PodForm pod) {
        List<Violation> violations = new ArrayList<>();
        ask(pod).values().forEach(violation -> violation.ifPresent(violations::add));
        return violations;
    }

    /** The server's own sentence of refusal, without the name of the pod: {@code violates PodSecurity "baseline:latest": …}. */
    public String sentence(List<Violation> violations) {
        return "violates PodSecurity \"" + this + "\": "
                + String.join(", ", violations.stream().map(Violation::text).toList());
    }

    /** As the server writes it: {@code baseline:v1.25}. */
    @Override
    public String toString() {
        return level.word() + ":" + version;
    }
}
