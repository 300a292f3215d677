package dev.holdfast.server.admission;

import dev.holdfast.check.pss.Control;
import dev.holdfast.check.pss.PodSecurity;
import dev.holdfast.check.pss.PodSecurityLevel;
import dev.holdfast.check.pss.PodSecurityVersion;
import dev.holdfast.check.pss.Violation;
import dev.holdfast.manifest.kubernetes.PodForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the Pod Security Standards. Pods are held to them; for what makes pods they are a warning, as the server's own admission has it. */
final class PodSecurityLook {
    private static final String VIOLATIONS = "pod-security-violations";
    private static final String LABELS = "pod-security.kubernetes.io/";

    private final Exceptions exceptions;

    PodSecurityLook(Exceptions exceptions) {
        this.exceptions = exceptions;
    }

    void fixed(AdmissionRequest request, PodForm pod, PodSecurity standards, Objections objections) {
        Optional<String> sentence = sentence(request, pod, standards, objections);
        if (sentence.isEmpty()) {
            return;
        }
        objections.annotate(VIOLATIONS, sentence.get());
        if (pod.isPod()) {
            objections.deny(sentence.get());
        } else {
            objections.warn(would(sentence.get()));
        }
    }

    /** As the labels of the namespace have it. A label that names no level or version is as the strictest, as the server has it. */
    void ofLabels(AdmissionRequest request, PodForm pod, Map<String, Object> namespace, Objections objections) {
        Optional<PodSecurity> enforced = labelled(namespace, "enforce");
        if (enforced.isPresent() && pod.isPod()) {
            sentence(request, pod, enforced.get(), objections).ifPresent(objections::deny);
        }
        labelled(namespace, "audit")
                .flatMap(standards -> sentence(request, pod, standards, objections))
                .ifPresent(sentence -> objections.annotate(VIOLATIONS, would(sentence)));
        labelled(namespace, "warn")
                .flatMap(standards -> sentence(request, pod, standards, objections))
                .ifPresent(sentence -> objections.warn(would(sentence)));
    }

    private static Optional<PodSecurity> labelled(Map<String, Object> namespace, String mode) {
        String level = Namespaces.label(namespace, LABELS + mode);
        if (level.isEmpty()) {
            return Optional.empty();
        }
        String version = Namespaces.label(namespace, LABELS + mode + "-version");
        Optional<PodSecurityVersion> known =
                version.isEmpty() ? Optional.of(PodSecurityVersion.LATEST) : PodSecurityVersion.ofWord(version);
        return Optional.of(new PodSecurity(
                PodSecurityLevel.ofWord(level).orElse(PodSecurityLevel.RESTRICTED),
                known.orElse(PodSecurityVersion.LATEST)));
    }

    private static String would(String sentence) {
        return "would " + sentence.replaceFirst("^violates", "violate");
    }

    private Optional<String> sentence(
            AdmissionRequest request, PodForm pod, PodSecurity standards, Objections objections) {
        List<Violation> violations = new ArrayList<>();
        for (Map.Entry<Control, Optional<Violation>> answer : standards.ask(pod).entrySet()) {
            if (answer.getValue().isPresent()
                    && !exceptions.cover(answer.getKey().id(), request, objections)) {
                violations.add(answer.getValue().get());
            }
        }
        return violations.isEmpty() ? Optional.empty() : Optional.of(standards.sentence(violations));
    }
}
