package dev.holdfast.check.kubernetes;

import static dev.holdfast.check.ContainerRules.FOREIGN_REGISTRY;
import static dev.holdfast.check.ContainerRules.NO_DIGEST;
import static dev.holdfast.check.ContainerRules.UNPINNED_IMAGE;
import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Registries;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import java.util.List;
import java.util.Optional;

/** Which images a pod names, and how surely. */
final class Images implements PodCheck {
    private static final Rule PULL_POLICY = Rule.of(
                    "image-pull-policy",
                    LOW,
                    "runs a node's old copy of a movable tag",
                    "a node that has pulled the tag before keeps what it has",
                    KUBERNETES)
            .strict();

    @Override
    public List<Rule> rules() {
        return List.of(UNPINNED_IMAGE, NO_DIGEST, FOREIGN_REGISTRY, PULL_POLICY);
    }

    @Override
    public void check(PodForm pod, Findings out) {
        for (Container container : pod.containers()) {
            String subject = pod.owner().title() + ", container " + container.name();
            Optional<Node> image = container.node().get("image");
            String name = image.flatMap(Node::textAt).orElse("");
            if (image.isEmpty() || isOpen(name)) {
                String reason =
                        name.isEmpty() ? "it names no image" : "what " + name + " stands for is not written here";
                rules().forEach(rule -> out.notAssessed(rule, subject, container.place(), reason));
                continue;
            }
            judge(container, subject, name, image.get(), out);
        }
    }

    /** A name that something else fills in. */
    private static boolean isOpen(String name) {
        return name.isEmpty() || name.contains("$") || name.contains("{{") || name.contains("<") || name.contains("%");
    }

    private static void judge(Container container, String subject, String name, Node image, Findings out) {
        Registries.judge(out, subject, image.place(), name);
        boolean hasDigest = name.contains("@sha256:");
        String last = name.substring(name.lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        String tag = colon < 0 ? "" : last.substring(colon + 1);
        boolean isMovable = !hasDigest && (tag.isEmpty() || tag.equals("latest"));
        if (isMovable) {
            out.fail(UNPINNED_IMAGE, subject, image.place())
                    .says(subject + " runs " + name + (tag.isEmpty() ? ", which means latest; " : "; ")
                            + UNPINNED_IMAGE.why())
                    .fix("name a version: " + (colon < 0 ? name : name.substring(0, name.length() - tag.length() - 1))
                            + ":VERSION")
                    .add();
        } else {
            out.pass(UNPINNED_IMAGE, subject, image.place());
        }
        if (hasDigest) {
            out.pass(NO_DIGEST, subject, image.place());
        } else {
            out.fail(NO_DIGEST, subject, image.place())
                    .says(subject + " runs " + name + "; " + NO_DIGEST.why())
                    .fix(name + "@sha256:DIGEST")
                    .add();
        }
        pullPolicy(container, subject, hasDigest || !isMovable, out);
    }

    /** The server fills in Always for latest, and IfNotPresent for everything else. */
    private static void pullPolicy(Container container, String subject, boolean isFixed, Findings out) {
        Optional<Node> policy = container.node().get("imagePullPolicy");
        String word = policy.flatMap(Node::textAt).orElse(isFixed ? "IfNotPresent" : "Always");
        if (isFixed || word.equals("Always")) {
            out.pass(PULL_POLICY, subject, container.place());
        } else {
            out.fail(PULL_POLICY, subject, policy.map(Node::place).orElse(container.place()))
                    .says(subject + " has imagePullPolicy: " + word + "; " + PULL_POLICY.why())
                    .fix("imagePullPolicy: Always, or an image by digest")
                    .add();
        }
    }
}
