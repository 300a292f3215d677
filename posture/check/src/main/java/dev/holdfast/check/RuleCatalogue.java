package dev.holdfast.check;

import dev.holdfast.check.compose.ComposeInspection;
import dev.holdfast.check.dockerfile.DockerfileInspection;
import dev.holdfast.check.ecs.EcsInspection;
import dev.holdfast.check.exception.Exceptions;
import dev.holdfast.check.host.HostInspection;
import dev.holdfast.check.image.ImageArchive;
import dev.holdfast.check.image.ImageInspection;
import dev.holdfast.check.join.Joining;
import dev.holdfast.check.join.KnownImages;
import dev.holdfast.check.kubernetes.KubernetesInspection;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.Surroundings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which inspection judges which kind of input. Each is made only when a file of its kind is met. */
public final class RuleCatalogue {
    private RuleCatalogue() {}

    /**
     * What judges this kind; empty for a kind that is not judged yet.
     *
     * @param beside what files may be read along with those of the target
     */
    public static Optional<Inspection> inspection(InputKind kind, Surroundings beside, Limits limits) {
        return inspection(kind, beside, new KnownImages(), limits);
    }

    /** @param images what is known of the images that manifests name */
    static Optional<Inspection> inspection(InputKind kind, Surroundings beside, KnownImages images, Limits limits) {
        return switch (kind) {
            case KUBERNETES -> Optional.of(new KubernetesInspection(images));
            case DOCKERFILE -> Optional.of(new DockerfileInspection(beside, limits));
            case COMPOSE -> Optional.of(new ComposeInspection(beside, limits));
            case ECS -> Optional.of(new EcsInspection(limits));
            case IMAGE -> Optional.of(new ImageInspection(limits));
            case HELM, KUSTOMIZE, HOST -> Optional.empty();
        };
    }

    /** Every rule, by its id, with all the kinds of input in which it is looked for. */
    public static List<Rule> all() {
        Map<String, Rule> all = new TreeMap<>();
        for (InputKind kind : InputKind.values()) {
            inspection(kind, Surroundings.NONE, Limits.DEFAULT)
                    .ifPresent(inspection -> inspection.rules().forEach(rule -> all.putIfAbsent(rule.id(), rule)));
        }
        ImageArchive.rules().forEach(rule -> all.putIfAbsent(rule.id(), rule));
        Charts.rules().forEach(rule -> all.putIfAbsent(rule.id(), rule));
        Joining.rules().forEach(rule -> all.putIfAbsent(rule.id(), rule));
        Exceptions.rules().forEach(rule -> all.putIfAbsent(rule.id(), rule));
        HostInspection.rules().forEach(rule -> all.putIfAbsent(rule.id(), rule));
        return List.copyOf(all.values());
    }
}
