package dev.holdfast.check.pss;

import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.manifest.kubernetes.PodSecurityLists;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The controls about volumes. A volume without a source is an emptyDir: the server fills that in. */
final class Volumes {
    private Volumes() {}

    static Optional<Violation> hostPath(PodForm pod, PodSecurityVersion version) {
        List<String> names = new ArrayList<>();
        Place place = Place.START;
        for (Node volume : pod.volumes()) {
            Optional<Node> path = volume.get("hostPath");
            if (path.isPresent()) {
                place = names.isEmpty() ? path.get().place() : place;
                names.add(volume.textAt("name").orElse(""));
            }
        }
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation(
                        "hostPath volumes",
                        Offenders.plural("volume", names.size()) + " " + Offenders.quoted(names),
                        place));
    }

    static Optional<Violation> restricted(PodForm pod, PodSecurityVersion version) {
        List<String> names = new ArrayList<>();
        TreeSet<String> types = new TreeSet<>();
        Place place = Place.START;
        for (Node volume : pod.volumes()) {
            if (isAllowed(volume)) {
                continue;
            }
            for (String type : PodSecurityLists.RESTRICTED_VOLUMES) {
                Optional<Node> source = volume.get(type);
                if (source.isPresent()) {
                    place = names.isEmpty() ? source.get().place() : place;
                    names.add(volume.textAt("name").orElse(""));
                    types.add(type);
                    break;
                }
            }
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String detail = Offenders.plural("volume", names.size()) + " " + Offenders.quoted(names) + " "
                + Offenders.uses(names.size()) + " " + Offenders.plural("restricted volume type", types.size()) + " "
                + Offenders.quoted(types);
        return Optional.of(new Violation("restricted volume types", detail, place));
    }

    private static boolean isAllowed(Node volume) {
        return volume.entries().stream()
                .anyMatch(entry ->
                        PodSecurityLists.ALLOWED_VOLUMES.contains(entry.key().text())
                                && !entry.value().isNull());
    }
}
