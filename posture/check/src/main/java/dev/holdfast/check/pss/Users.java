package dev.holdfast.check.pss;

import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.Optional;

/** The controls about whom processes run as, and whom they may become. */
final class Users {
    private Users() {}

    static Optional<Violation> privilegeEscalation(PodForm pod, PodSecurityVersion version) {
        if (version.atLeast(25) && pod.isWindows()) {
            return Optional.empty();
        }
        Offenders offenders = new Offenders();
        for (Container container : pod.containers()) {
            Optional<Node> value = container.securityContext("allowPrivilegeEscalation");
            if (value.filter(Node::isFalse).isEmpty()) {
                offenders.container(container, value.map(Node::place).orElseGet(() -> contextOf(container)));
            }
        }
        return offenders.areAny()
                ? Optional.of(new Violation(
                        "allowPrivilegeEscalation != false",
                        offenders.named() + " must set securityContext.allowPrivilegeEscalation=false",
                        offenders.place()))
                : Optional.empty();
    }

    private static Place contextOf(Container container) {
        return container.securityContext().map(Node::place).orElse(container.place());
    }

    static Optional<Violation> nonRoot(PodForm pod, PodSecurityVersion version) {
        if (version.atLeast(35) && pod.hasOwnUsers()) {
            return Optional.empty();
        }
        Offenders denying = new Offenders();
        Offenders silent = new Offenders();
        Optional<Node> ofPod = pod.securityContext("runAsNonRoot");
        ofPod.filter(Node::isFalse).ifPresent(value -> denying.pod(value.place()));
        boolean isPodSafe = ofPod.filter(Node::isTrue).isPresent();
        for (Container container : pod.containers()) {
            Optional<Node> own = container.securityContext("runAsNonRoot");
            if (own.isEmpty() && !isPodSafe) {
                silent.container(container, contextOf(container));
            }
            own.filter(Node::isFalse).ifPresent(value -> denying.container(container, value.place()));
        }
        if (denying.areAny()) {
            return Optional.of(new Violation(
                    "runAsNonRoot != true",
                    denying.setters() + " must not set securityContext.runAsNonRoot=false",
                    denying.place()));
        }
        return silent.areAny()
                ? Optional.of(new Violation(
                        "runAsNonRoot != true",
                        "pod or " + silent.named() + " must set securityContext.runAsNonRoot=true",
                        silent.place()))
                : Optional.empty();
    }

    static Optional<Violation> userZero(PodForm pod, PodSecurityVersion version) {
        if (version.atLeast(35) && pod.hasOwnUsers()) {
            return Optional.empty();
        }
        Offenders offenders = new Offenders();
        pod.securityContext("runAsUser").filter(Users::isZero).ifPresent(value -> offenders.pod(value.place()));
        for (Container container : pod.containers()) {
            container
                    .securityContext("runAsUser")
                    .filter(Users::isZero)
                    .ifPresent(value -> offenders.container(container, value.place()));
        }
        return offenders.areAny()
                ? Optional.of(new Violation(
                        "runAsUser=0", offenders.setters() + " must not set runAsUser=0", offenders.place()))
                : Optional.empty();
    }

    private static boolean isZero(Node node) {
        return node.wholeNumber().filter(number -> number == 0).isPresent();
    }
}
