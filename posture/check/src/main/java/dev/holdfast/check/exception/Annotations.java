package dev.holdfast.check.exception;

import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Optional;

/**
 * Exceptions in annotations of Kubernetes objects, or of their pod template; they hold for the whole object:
 *
 * <pre>
 * metadata:
 *   annotations:
 *     ignore.holdfast.dev/RULE: TEXT [owner=NAME] [until=YYYY-MM-DD]      the text is the reason
 * </pre>
 */
final class Annotations {
    private static final String PREFIX = "ignore.holdfast.dev/";

    private Annotations() {}

    /** Adds those of the objects of a file. */
    static void read(ManifestFile file, Found found) {
        boolean mayHave = file.source().text().isEmpty() || file.source().text().contains(PREFIX);
        if (mayHave) {
            KubernetesObject.of(file).forEach(object -> read(object, found));
        }
    }

    private static void read(KubernetesObject object, Found found) {
        object.root().at("metadata", "annotations").ifPresent(node -> read(object, node, found));
        PodForm.of(object)
                .filter(pod -> !pod.isPod())
                .flatMap(pod -> pod.template().at("metadata", "annotations"))
                .ifPresent(node -> read(object, node, found));
    }

    private static void read(KubernetesObject object, Node annotations, Found found) {
        for (Node.Entry entry : annotations.entries()) {
            if (entry.key().text().startsWith(PREFIX)) {
                Exemption.Spot at =
                        new Exemption.Spot(object.path(), entry.key().place().line());
                Words words = Words.of(entry.value().textAt().orElse("").strip());
                String reason = words.text().isEmpty() ? words.reason() : words.text();
                if (!words.problem().isEmpty() || reason.isEmpty()) {
                    found.wrong().add(new Found.Wrong(at, reason.isEmpty() ? "it gives no reason" : words.problem()));
                } else {
                    found.exemptions()
                            .add(new Exemption(
                                    List.of(entry.key().text().substring(PREFIX.length())),
                                    "",
                                    "",
                                    Optional.of(lines(object)),
                                    reason,
                                    words.owner(),
                                    words.until(),
                                    at));
                }
            }
        }
    }

    private static Exemption.Lines lines(KubernetesObject object) {
        Place place = object.root().place();
        return new Exemption.Lines(object.path(), place.line(), Math.max(place.line(), place.endLine()));
    }
}
