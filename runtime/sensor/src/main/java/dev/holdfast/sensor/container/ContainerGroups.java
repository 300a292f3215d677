package dev.holdfast.sensor.container;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The containers that run now, each with the control group that holds all of it: asked once, for who wants to act on them. What lies below a
 * container's group is the container's, containers that it runs itself included. The monitors of Podman and CRI-O, whose groups are named
 * after their container, are none.
 */
public final class ContainerGroups {
    /**
     * A container's group.
     *
     * @param id of the group: the inode of its folder
     * @param path in its hierarchy
     * @param identity known, or unknown when no engine's file tells about it
     */
    public record Group(long id, String path, Identity identity) {
        /** Whether this group holds the one at a path, or is it. */
        public boolean holds(String other) {
            return other.equals(path) || other.startsWith(path + "/");
        }
    }

    private ContainerGroups() {}

    /** Looks through a hierarchy. */
    public static List<Group> in(CgroupTree tree, ContainerFinder finder) {
        List<Group> found = new ArrayList<>();
        Map<Long, String> groups = tree.groups();
        for (Map.Entry<Long, String> group : groups.entrySet()) {
            String path = group.getValue();
            boolean isInside = found.stream().anyMatch(other -> other.holds(path));
            if (!isInside && !path.equals("/")) {
                identity(tree.group(path), finder)
                        .filter(identity -> identity instanceof Identity.Known || !isPod(path, groups.values()))
                        .ifPresent(identity -> found.add(new Group(group.getKey(), path, identity)));
            }
        }
        return List.copyOf(found);
    }

    /** Podman's pods have a group for all their containers, and may have it anywhere; it is called like a container that no engine knows. */
    private static boolean isPod(String path, Collection<String> all) {
        return all.stream().anyMatch(other -> other.startsWith(path + "/libpod-"));
    }

    private static Optional<Identity> identity(GroupFolder group, ContainerFinder finder) {
        String path = group.path();
        Optional<CgroupName> certain = CgroupName.last(path);
        if (certain.isPresent()) {
            Optional<Container> container = finder.find(certain.get(), Optional.empty(), group);
            return Optional.of(container
                    .<Identity>map(Identity.Known::new)
                    .orElseGet(() -> new Identity.Unknown(
                            certain.get().id(), certain.get().engine())));
        }
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (last.endsWith(".slice") || last.endsWith(".service") || CgroupName.isMonitor(last)) {
            return Optional.empty();
        }
        Optional<Identity> known = CgroupName.possible(last).stream()
                .map(name -> finder.find(name, Optional.empty(), group))
                .flatMap(Optional::stream)
                .findFirst()
                .map(Identity.Known::new);
        return known.or(() -> finder.stranger(group));
    }
}
