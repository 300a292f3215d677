package dev.holdfast.check;

import dev.holdfast.check.kubernetes.KubernetesInspection;
import dev.holdfast.manifest.InputKind;
import java.util.Optional;

/** Which inspection judges which kind of input. Each is made only when a file of its kind is met. */
public final class RuleCatalogue {
    private RuleCatalogue() {}

    /** What judges this kind; empty for a kind that is not judged yet. */
    public static Optional<Inspection> inspection(InputKind kind) {
        return switch (kind) {
            case KUBERNETES -> Optional.of(new KubernetesInspection());
            case DOCKERFILE, COMPOSE, ECS, IMAGE, HELM, KUSTOMIZE, HOST -> Optional.empty();
        };
    }
}
