package dev.holdfast.check.pss;

import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.kubernetes.PodSecurityLists;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The controls about capabilities. Names are compared as written: {@code chown} and {@code CAP_CHOWN} are not {@code CHOWN}. */
final class Capabilities {
    private static final List<String> OF_RESTRICTED = List.of("NET_BIND_SERVICE");

    private Capabilities() {}

    static Optional<Violation> baseline(PodForm pod, PodSecurityVersion version) {
        Offenders adding = adding(pod, PodSecurityLists.USUAL_CAPABILITIES);
        return adding.areAny()
                ? Optional.of(new Violation("non-default capabilities", notIncluding(adding), adding.place()))
                : Optional.empty();
    }

    static Optional<Violation> restricted(PodForm pod, PodSecurityVersion version) {
        if (version.atLeast(25) && pod.isWindows()) {
            return Optional.empty();
        }
        Offenders keeping = new Offenders();
        for (Container container : pod.containers()) {
            if (names(container, "drop").stream().noneMatch("ALL"::equals)) {
                keeping.container(container, placeForDrop(container));
            }
        }
        Offenders adding = adding(pod, OF_RESTRICTED);
        List<String> details = new ArrayList<>();
        if (keeping.areAny()) {
            details.add(keeping.named() + " must set securityContext.capabilities.drop=[\"ALL\"]");
        }
        if (adding.areAny()) {
            details.add(notIncluding(adding));
        }
        Place place = keeping.areAny() ? keeping.place() : adding.place();
        return details.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation("unrestricted capabilities", String.join("; ", details), place));
    }

    private static Place placeForDrop(Container container) {
        return container
                .securityContext("capabilities", "drop")
                .or(() -> container.securityContext("capabilities"))
                .or(() -> container.securityContext())
                .map(Node::place)
                .orElse(container.place());
    }

    private static Offenders adding(PodForm pod, List<String> allowed) {
        Offenders offenders = new Offenders();
        for (Container container : pod.containers()) {
            boolean isBad = false;
            for (Node capability : container
                    .securityContext("capabilities", "add")
                    .map(Node::elements)
                    .orElse(List.of())) {
                String name = capability.textAt().orElse("");
                if (!allowed.contains(name)) {
                    offenders.value(name, capability.place());
                    isBad = true;
                }
            }
            if (isBad) {
                offenders.container(container, container.place());
            }
        }
        return offenders;
    }

    private static List<String> names(Container container, String list) {
        List<String> names = new ArrayList<>();
        container
                .securityContext("capabilities", list)
                .map(Node::elements)
                .orElse(List.of())
                .forEach(element -> element.textAt().ifPresent(names::add));
        return names;
    }

    private static String notIncluding(Offenders adding) {
        return adding.named() + " must not include " + adding.quotedValues() + " in securityContext.capabilities.add";
    }
}
