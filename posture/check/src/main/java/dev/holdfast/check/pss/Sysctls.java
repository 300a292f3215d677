package dev.holdfast.check.pss;

import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.kubernetes.PodSecurityLists;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The control about kernel parameters: allowed is what the kernel keeps apart by pod, and each came with a version. */
final class Sysctls {
    private Sysctls() {}

    static Optional<Violation> allowed(PodForm pod, PodSecurityVersion version) {
        List<String> allowed = PodSecurityLists.sysctls(version.minor());
        List<String> forbidden = new ArrayList<>();
        Place place = Place.START;
        for (Node sysctl : pod.securityContext("sysctls").map(Node::elements).orElse(List.of())) {
            String name = sysctl.textAt("name").orElse("");
            if (!allowed.contains(name)) {
                place = forbidden.isEmpty() ? sysctl.place() : place;
                forbidden.add(name);
            }
        }
        return forbidden.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation("forbidden sysctls", String.join(", ", forbidden), place));
    }
}
